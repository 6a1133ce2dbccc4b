#include "benchmarks/kernels/process_create.hpp"

#include <gtest/gtest.h>

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

namespace unitcost::kernels {
namespace {

/// A program that exits with `status`, as a script of this process alone: tests run side by side.
class Script {
 public:
  explicit Script(int status)
      : path_(std::filesystem::path(testing::TempDir()) /
              ("unitcost-exit-" + std::to_string(status) + "-" + std::to_string(getpid()))) {
    std::ofstream(path_) << "#!/bin/sh\nexit " << status << '\n';
    std::filesystem::permissions(path_, std::filesystem::perms::owner_all);
  }
  ~Script() { std::filesystem::remove(path_); }
  Script(const Script&) = delete;
  Script& operator=(const Script&) = delete;
  [[nodiscard]] const char* path() const { return path_.c_str(); }

 private:
  std::filesystem::path path_;
};

bool no_child_is_left() { return waitpid(-1, nullptr, WNOHANG) == -1 && errno == ECHILD; }

using Maker = Made (*)(std::uint64_t);
class EveryMaker : public testing::TestWithParam<Maker> {};

TEST_P(EveryMaker, MakesAsManyAsAskedForAndLeavesNone) {
  for (const std::uint64_t times : {0U, 1U, 3U, 20U}) {
    const Made made = GetParam()(times);
    EXPECT_EQ(made.done, times) << made.call << " " << made.error;
    EXPECT_EQ(made.error, 0);
    EXPECT_TRUE(no_child_is_left());
  }
}

INSTANTIATE_TEST_SUITE_P(Makers, EveryMaker,
                         testing::Values(fork_and_wait, vfork_and_wait, create_and_join_pthreads,
                                         create_and_join_std_threads, run_std_async));

using Starter = Made (*)(const char*, std::uint64_t);
class EveryStarter : public testing::TestWithParam<Starter> {};

TEST_P(EveryStarter, RunsTheProgramAsOftenAsAskedForAndLeavesNone) {
  const Script script(kChildStatus);
  for (const std::uint64_t times : {0U, 1U, 3U}) {
    const Made made = GetParam()(script.path(), times);
    EXPECT_EQ(made.done, times) << made.call << " " << made.error;
    EXPECT_TRUE(no_child_is_left());
  }
}

TEST_P(EveryStarter, DoesNotCountAProgramThatEndsOtherwise) {
  const Script script(0);
  const Made made = GetParam()(script.path(), 3);
  EXPECT_EQ(made.done, 0U);
  EXPECT_STREQ(made.call, "the child");
  EXPECT_TRUE(no_child_is_left());
}

TEST_P(EveryStarter, DoesNotCountAProgramThatIsMissing) {
  const Made made = GetParam()("/nowhere/at/all", 3);
  EXPECT_EQ(made.done, 0U);
  EXPECT_STRNE(made.call, "");
  EXPECT_TRUE(no_child_is_left());
}

INSTANTIATE_TEST_SUITE_P(Starters, EveryStarter, testing::Values(fork_exec_and_wait, spawn_and_wait));

TEST(Spawn, SaysWhyAProgramCouldNotBeStarted) { EXPECT_EQ(spawn_and_wait("/nowhere/at/all", 1).error, ENOENT); }

TEST(Fork, SaysWhyItWasRefused) {
  // In a child, because limits cannot be raised again. A user's processes are limited for ordinary users only.
  const pid_t child = fork();
  if (child == 0) {
    const rlimit none{0, 0};
    const bool is_limited = setrlimit(RLIMIT_NPROC, &none) == 0 && (getuid() != 0 || setuid(65534) == 0);
    if (!is_limited) _exit(2);
    const Made made = fork_and_wait(1);
    _exit(made.done == 0 && made.error == EAGAIN && std::string_view(made.call) == "fork" ? 0 : 1);
  }
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  ASSERT_TRUE(WIFEXITED(status));
  if (WEXITSTATUS(status) == 2) GTEST_SKIP() << "processes cannot be limited here";
  EXPECT_EQ(WEXITSTATUS(status), 0);
}

}  // namespace
}  // namespace unitcost::kernels
