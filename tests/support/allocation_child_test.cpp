#include "benchmarks/allocation/child.hpp"

#include <gtest/gtest.h>

#include <array>
#include <stdexcept>

#include "benchmarks/allocation/resident.hpp"

namespace unitcost {
namespace {

bool no_child_is_left() { return waitpid(-1, nullptr, WNOHANG) == -1 && errno == ECHILD; }

TEST(RunInChild, EndsWithWhatTheBodyReturns) {
  EXPECT_TRUE(exited_with(run_in_child(10, [] { return 0; }), 0));
  EXPECT_TRUE(exited_with(run_in_child(10, [] { return 7; }), 7));
  EXPECT_FALSE(exited_with(run_in_child(10, [] { return 7; }), 0));
  EXPECT_TRUE(no_child_is_left());
}

TEST(RunInChild, EndsAChildThatThrows) {
  EXPECT_TRUE(exited_with(run_in_child(10, []() -> int { throw std::runtime_error("in the child"); }), 125));
  EXPECT_TRUE(no_child_is_left());
}

TEST(RunInChild, EndsAChildThatHangsEvenWhereAlarmsAreBlocked) {
  sigset_t alarms{};
  sigset_t before{};
  sigemptyset(&alarms);
  sigaddset(&alarms, SIGALRM);
  ASSERT_EQ(sigprocmask(SIG_BLOCK, &alarms, &before), 0);
  const int status = run_in_child(1, [] {
    for (;;) pause();
    return 0;
  });
  sigprocmask(SIG_SETMASK, &before, nullptr);
  EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGALRM);
  EXPECT_TRUE(no_child_is_left());
}

TEST(RunInChild, TellsThatAChildWasKilled) {
  const int status = run_in_child(10, [] { return raise(SIGKILL); });
  EXPECT_TRUE(WIFSIGNALED(status));
  EXPECT_FALSE(exited_with(status, 0));
}

TEST(ResidentIn, FindsTheLineOfAll) {
  EXPECT_EQ(resident_in("5-7 ---p 00000000 00:00 0   [rollup]\nRss:                1724 kB\nPss:   180 kB\n"),
            1724U * 1024);
  EXPECT_EQ(resident_in("x\nRss: 0 kB\n"), 0U);
}

TEST(ResidentIn, IsEmptyForAnythingElse) {
  for (const char* text : {"", "Rss: 5 kB\n", "x\nPss: 180 kB\n", "x\nRss:", "x\nRss:   ", "x\nRss: many kB\n",
                           "x\nRss: 17", "x\nRss: 17 MB\n", "x\nRss: -3 kB\n"})
    EXPECT_FALSE(resident_in(text)) << text;
}

TEST(ResidentBytes, GrowByWhatIsTouched) {
  if (!resident_bytes()) GTEST_SKIP() << "no /proc/self/smaps_rollup";
#ifdef __SANITIZE_THREAD__
  GTEST_SKIP() << "a sanitizer writes notes of its own for all that is touched";
#endif
  // In a child, where nothing else happens at the same time.
  const int status = run_in_child(10, [] {
    static std::array<volatile char, 1U << 22U> memory;
    const std::uint64_t before = *resident_bytes();
    for (std::size_t at = 0; at < memory.size(); at += 4096) memory[at] = 1;
    const std::uint64_t grown = *resident_bytes() - before;
    return grown >= memory.size() && grown < memory.size() + memory.size() / 2 ? 0 : 1;
  });
  EXPECT_TRUE(exited_with(status, 0));
}

}  // namespace
}  // namespace unitcost
