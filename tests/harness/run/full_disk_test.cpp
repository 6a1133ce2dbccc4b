// A disk without room, which a limit on the size of files stands for.
#include "harness/run/full_disk.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

#include <csignal>

#include "harness/base/error.hpp"

namespace unitcost {
namespace {

namespace fs = std::filesystem;

TEST(FullDisk, IsAnErrorThatSaysWhatBecomesOfTheBlock) {
  const fs::path folder = fs::path(testing::TempDir()) / ("unitcost-disk-" + std::to_string(getpid()));
  fs::create_directories(folder);
  EXPECT_NO_THROW(refuse_full_disk(folder));
  std::signal(SIGXFSZ, SIG_IGN);
  rlimit before{};
  getrlimit(RLIMIT_FSIZE, &before);
  const rlimit tight{4096, before.rlim_max};
  setrlimit(RLIMIT_FSIZE, &tight);
  std::string told;
  try {
    refuse_full_disk(folder);
  } catch (const Error& error) {
    told = error.what();
  }
  setrlimit(RLIMIT_FSIZE, &before);
  EXPECT_THAT(told, testing::HasSubstr("is not stored: --resume"));
  EXPECT_TRUE(fs::is_empty(folder)) << "the probe is gone either way";
  fs::remove_all(folder);
}

}  // namespace
}  // namespace unitcost
