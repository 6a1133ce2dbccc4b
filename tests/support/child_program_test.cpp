#include "benchmarks/allocation/child_program.hpp"

#include <sys/socket.h>

#include <gtest/gtest.h>

#include <cstdlib>

namespace unitcost {
namespace {

using std::chrono::milliseconds;
constexpr milliseconds kLong{60'000};

bool no_child_is_left() { return waitpid(-1, nullptr, WNOHANG) == -1 && errno == ECHILD; }

ChildEnd run_script(const std::string& script, milliseconds at_most = kLong) {
  return run_program({"/bin/sh", "-c", script}, environment_with({}), at_most);
}

TEST(RunProgram, BringsTheExitStatusAndWhatWasSaidOnStandardError) {
  const ChildEnd end = run_script("echo not this; echo trouble >&2; exit 11");
  ASSERT_TRUE(end.status.has_value());
  EXPECT_TRUE(WIFEXITED(*end.status));
  EXPECT_EQ(WEXITSTATUS(*end.status), 11);
  EXPECT_EQ(end.errors, "trouble\n");
  EXPECT_TRUE(no_child_is_left());
}

TEST(RunProgram, BringsTheSignal) {
  const ChildEnd end = run_script("kill -KILL $$");
  ASSERT_TRUE(end.status.has_value());
  EXPECT_TRUE(WIFSIGNALED(*end.status));
  EXPECT_EQ(WTERMSIG(*end.status), SIGKILL);
}

TEST(RunProgram, KillsAtTheDeadline) {
  EXPECT_FALSE(run_script("exec sleep 1000", milliseconds(50)).status.has_value());
  EXPECT_TRUE(no_child_is_left());
}

TEST(RunProgram, KillsAtTheDeadlineWhoeverHasClosedStandardError) {
  EXPECT_FALSE(run_script("exec 2>&-; exec sleep 1000", milliseconds(50)).status.has_value());
  EXPECT_TRUE(no_child_is_left());
}

TEST(RunProgram, KeepsTheFirst64KiBOfWhatWasSaid) {
  const ChildEnd end = run_script("head -c 200000 /dev/zero >&2; exit 3");
  ASSERT_TRUE(end.status.has_value());
  EXPECT_EQ(WEXITSTATUS(*end.status), 3);
  EXPECT_EQ(end.errors.size(), 65536U);
}

TEST(RunProgram, ThrowsWhenThereIsNone) {
  EXPECT_THROW(run_program({"/nowhere/to/be/found"}, environment_with({}), kLong), std::system_error);
  EXPECT_TRUE(no_child_is_left());
}

TEST(Environment, HasTheSettingInThePlaceOfWhatWasThere) {
  ASSERT_EQ(setenv("UNITCOST_TEST_SETTING", "old", 1), 0);
  ASSERT_EQ(setenv("UNITCOST_TEST_OTHER", "kept", 1), 0);
  const auto script = R"([ "$UNITCOST_TEST_SETTING$UNITCOST_TEST_OTHER" = newkept ])";
  const ChildEnd end = run_program({"/bin/sh", "-c", script}, environment_with({"UNITCOST_TEST_SETTING=new"}), kLong);
  ASSERT_TRUE(end.status.has_value());
  EXPECT_EQ(*end.status, 0);
  const auto environment = environment_with({"UNITCOST_TEST_SETTING=new"});
  EXPECT_EQ(std::count(environment.begin(), environment.end(), "UNITCOST_TEST_SETTING=old"), 0);
}

TEST(ChildProgram, AnswersOnTheDescriptorsThatItWasGiven) {
  std::array<int, 2> ends{};
  ASSERT_EQ(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()), 0);
  const Descriptor own(ends[0]);
  Descriptor childs(ends[1]);
  const ChildProgram child({"/bin/cat"}, environment_with({}), {childs.number(), childs.number(), -1});
  childs.close();
  const char word = 'x';
  ASSERT_EQ(send(own.number(), &word, 1, MSG_NOSIGNAL), 1);
  ASSERT_TRUE(is_readable_by(own, ChildProgram::Clock::now() + kLong));
  char answer = 0;
  EXPECT_EQ(recv(own.number(), &answer, 1, 0), 1);
  EXPECT_EQ(answer, 'x');
}

TEST(ChildProgram, DoesNotOutliveItsOwner) {
  {
    const ChildProgram child({"/bin/sh", "-c", "exec sleep 1000"}, environment_with({}), {-1, -1, -1});
  }
  EXPECT_TRUE(no_child_is_left());
}

TEST(Readable, IsFalseAtTheDeadline) {
  std::array<int, 2> ends{};
  ASSERT_EQ(pipe2(ends.data(), O_CLOEXEC), 0);
  const Descriptor from(ends[0]);
  Descriptor to(ends[1]);
  EXPECT_FALSE(is_readable_by(from, ChildProgram::Clock::now() + milliseconds(1)));
  to.close();
  EXPECT_TRUE(is_readable_by(from, ChildProgram::Clock::now() + kLong)) << "it has ended";
}

}  // namespace
}  // namespace unitcost
