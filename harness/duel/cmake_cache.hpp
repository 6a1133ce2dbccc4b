#pragma once
// CMakeCache.txt of a build folder: where its sources are, and what a second build of them has to be told to be the same.
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace unitcost {

struct CmakeCache {
  std::string home;       ///< CMAKE_HOME_DIRECTORY: the sources
  std::string folder;     ///< CMAKE_CACHEFILE_DIR: where this build was configured
  std::string generator;  ///< "Ninja"
  /// name -> "NAME:TYPE=value" as -D takes it: what was set by a user or found on the system.
  std::map<std::string, std::string> settings;
  std::map<std::string, std::string> types;  ///< of every entry
};

CmakeCache parse_cmake_cache(std::string_view text);

/// Nothing when `build` has no CMakeCache.txt.
std::optional<CmakeCache> read_cmake_cache(const std::filesystem::path& build);

}  // namespace unitcost
