// What a build folder's cache says of its sources and settings.
#include "harness/duel/cmake_cache.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace unitcost {
namespace {

constexpr const char* kCache = R"(# This is the CMakeCache file.
//Flags
CMAKE_CXX_FLAGS:STRING=-O2 -DNAME=a:b=c
CMAKE_CXX_COMPILER:FILEPATH=/usr/bin/c++
CMAKE_DLLTOOL:FILEPATH=CMAKE_DLLTOOL-NOTFOUND
CMAKE_CXX_COMPILER_LAUNCHER:UNINITIALIZED=
BLANKS:STRING=' as they are '
unitcost_SOURCE_DIR:STATIC=/src
//ADVANCED property for variable: CMAKE_AR
CMAKE_AR-ADVANCED:INTERNAL=1
CMAKE_HOME_DIRECTORY:INTERNAL=/src
CMAKE_CACHEFILE_DIR:INTERNAL=/src/build/bench
CMAKE_GENERATOR:INTERNAL=Ninja
torn line)";

TEST(CmakeCache, TellsWhereItBelongsAndWhatASecondBuildMustBeTold) {
  const CmakeCache cache = parse_cmake_cache(kCache);
  EXPECT_EQ(cache.home, "/src");
  EXPECT_EQ(cache.folder, "/src/build/bench");
  EXPECT_EQ(cache.generator, "Ninja");
  std::vector<std::string> settings;
  for (const auto& [name, setting] : cache.settings) settings.push_back(setting);
  EXPECT_THAT(settings,
              testing::ElementsAre("BLANKS:STRING= as they are ", "CMAKE_CXX_COMPILER:FILEPATH=/usr/bin/c++",
                                   "CMAKE_CXX_COMPILER_LAUNCHER:STRING=", "CMAKE_CXX_FLAGS:STRING=-O2 -DNAME=a:b=c"));
  EXPECT_EQ(cache.types.at("CMAKE_CXX_COMPILER_LAUNCHER"), "UNINITIALIZED");
  EXPECT_FALSE(read_cmake_cache("/nowhere").has_value());
}

}  // namespace
}  // namespace unitcost
