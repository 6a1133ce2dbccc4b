#include "harness/run/machine_lock.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <optional>

#include "harness/base/error.hpp"

namespace unitcost {
namespace {

class MachineLockTest : public testing::Test {
 protected:
  MachineLockTest() { std::filesystem::create_directories(folder_); }
  ~MachineLockTest() override { std::filesystem::remove_all(folder_); }
  std::filesystem::path folder_ =
      std::filesystem::path(testing::TempDir()) / ("unitcost-lock-" + std::to_string(getpid()));
};

TEST_F(MachineLockTest, RefusesASecondRunAndNamesTheFirst) {
  const MachineLock first(folder_, "boot", "2026-01-02T03:04:05Z");
  try {
    const MachineLock second(folder_, "boot", "2026-01-02T03:05:00Z");
    FAIL() << "two runs at once";
  } catch (const BadInput& error) {
    EXPECT_THAT(error.what(),
                testing::HasSubstr("process " + std::to_string(getpid()) + ", since 2026-01-02T03:04:05Z"));
  }
}

TEST_F(MachineLockTest, IsFreeAgainWhenTheRunEndsAndInAnotherBoot) {
  std::optional<MachineLock> first;
  first.emplace(folder_, "boot", "now");
  EXPECT_NO_THROW(MachineLock(folder_, "other boot", "now"));
  first.reset();
  EXPECT_NO_THROW(MachineLock(folder_, "boot", "now"));
}

}  // namespace
}  // namespace unitcost
