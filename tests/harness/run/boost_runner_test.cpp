// Real children: how they end, that nothing of them is left, and what they are given.
#include "harness/run/boost_runner.hpp"

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <thread>

#include <fmt/format.h>

#include "harness/run/cpu_affinity.hpp"

namespace unitcost {
namespace {

ChildRequest shell(const std::string& script) {
  ChildRequest request;
  request.program = "/bin/sh";
  request.arguments = {"-c", script};
  request.environment = {"PATH=/usr/bin:/bin"};
  request.timeout_s = 30;
  request.grace_s = 0.2;
  return request;
}

ChildResult run(const ChildRequest& request) {
  Interrupts interrupts;
  BoostRunner runner(interrupts);
  return runner.run(request);
}

bool is_gone(pid_t pid) { return kill(pid, 0) != 0 && errno == ESRCH; }

/// Dead, whether or not its new parent has noticed.
bool is_dead(pid_t pid) {
  std::ifstream file("/proc/" + std::to_string(pid) + "/stat");
  const std::string stat{std::istreambuf_iterator<char>(file), {}};
  const std::size_t name_end = stat.rfind(')');
  return name_end == std::string::npos || stat.substr(name_end + 2, 1) == "Z";
}

/// For what an orphan needs to die once it has been told to; no test waits here when all is well.
bool dies(pid_t pid) {
  for (int i = 0; i < 500 && !is_dead(pid); ++i) std::this_thread::sleep_for(std::chrono::milliseconds(10));
  return is_dead(pid);
}

TEST(BoostRunner, TellsExitStatusAndOutputs) {
  const ChildResult result = run(shell("echo out; echo err >&2; exit 3"));
  EXPECT_EQ(result.end.kind, ChildEnd::Kind::kExited);
  EXPECT_EQ(result.end.code, 3);
  EXPECT_EQ(result.standard_output, "out\n");
  EXPECT_EQ(result.standard_error, "err\n");
  EXPECT_GT(result.wall_s, 0.0);
}

TEST(BoostRunner, TellsTheSignal) {
  const ChildResult result = run(shell("kill -SEGV $$"));
  EXPECT_EQ(result.end.kind, ChildEnd::Kind::kSignalled);
  EXPECT_EQ(result.end.code, SIGSEGV);
}

TEST(BoostRunner, AMissingProgramIsAValue) {
  ChildRequest request = shell("");
  request.program = "/nowhere/at-all";
  const ChildResult result = run(request);
  EXPECT_EQ(result.end.kind, ChildEnd::Kind::kNotStarted);
  EXPECT_EQ(result.end.code, ENOENT);
  EXPECT_EQ(waitpid(-1, nullptr, WNOHANG), -1);  // nothing is left to reap
}

TEST(BoostRunner, KillsTheWholeGroupAtTheDeadline) {
  ChildRequest request = shell("sleep 1000 & echo $!; wait");
  request.timeout_s = 0.3;
  const ChildResult result = run(request);
  EXPECT_EQ(result.end.kind, ChildEnd::Kind::kDeadline);
  const pid_t grandchild = std::stoi(result.standard_output);
  EXPECT_TRUE(is_gone(grandchild));
}

TEST(BoostRunner, KillsAChildThatIgnoresTerm) {
  ChildRequest request = shell("trap '' TERM; echo $$; while :; do sleep 1; done");
  request.timeout_s = 0.3;
  const ChildResult result = run(request);
  EXPECT_EQ(result.end.kind, ChildEnd::Kind::kDeadline);
  EXPECT_TRUE(is_gone(std::stoi(result.standard_output)));
}

TEST(BoostRunner, LeavesNoGrandchildBehindWhenTheLeaderEnds) {
  const ChildResult result = run(shell("sleep 1000 & echo $!"));
  EXPECT_EQ(result.end.code, 0);
  EXPECT_TRUE(is_gone(std::stoi(result.standard_output)));
}

TEST(BoostRunner, FindsAGrandchildThatLeftTheGroup) {
  const ChildResult result = run(shell("setsid sh -c 'echo $$; exec sleep 1000' & sleep 0.2"));
  EXPECT_EQ(result.stragglers, 1);
  EXPECT_TRUE(is_gone(std::stoi(result.standard_output)));
}

TEST(BoostRunner, KeepsTheEndOfAFlood) {
  ChildRequest request = shell("yes 0123456789 | head -c 5000000; echo last");
  request.most_output_bytes = 4096;
  const ChildResult result = run(request);
  EXPECT_EQ(result.standard_output.size(), 4096U);
  EXPECT_TRUE(result.standard_output.ends_with("last\n"));
}

TEST(BoostRunner, OutlivesAChildThatClosesItsOutputs) {
  const ChildResult result = run(shell("exec 1>&- 2>&-; sleep 0.1; exit 4"));
  EXPECT_EQ(result.end.kind, ChildEnd::Kind::kExited);
  EXPECT_EQ(result.end.code, 4);
}

TEST(BoostRunner, GivesASessionAndGroupOfItsOwn) {
  const ChildResult result = run(shell("cut -d' ' -f1,5,6 /proc/$$/stat"));  // pid, group, session
  int pid = 0;
  int group = -1;
  int session = -2;
  ASSERT_EQ(std::sscanf(result.standard_output.c_str(), "%d %d %d", &pid, &group, &session), 3);
  EXPECT_EQ(group, pid);
  EXPECT_EQ(session, pid);
}

TEST(BoostRunner, GivesTheCpuSetAndReadsItBack) {
  const std::vector<int> usable = affinity_of(0);
  ASSERT_FALSE(usable.empty());
  ChildRequest request = shell("grep Cpus_allowed_list /proc/self/status");
  request.cpus = {usable.back()};
  const ChildResult result = run(request);
  EXPECT_EQ(result.standard_output, "Cpus_allowed_list:\t" + std::to_string(usable.back()) + "\n");
  EXPECT_EQ(result.cpus_used, request.cpus);
  EXPECT_EQ(result.last_cpu, usable.back());
}

TEST(BoostRunner, GivesTheEnvironmentAndNothingElse) {
  ChildRequest request = shell("");
  request.program = "/usr/bin/env";
  request.arguments = {};
  request.environment = {"ONE=1", "TWO=2"};
  EXPECT_EQ(run(request).standard_output, "ONE=1\nTWO=2\n");
}

TEST(BoostRunner, GivesSignalsTheirMeaningBack) {
  std::signal(SIGPIPE, SIG_IGN);
  // The lower half of the masks: signals 32 and 33 are the C library's own, which lets nobody change them.
  const ChildResult result = run(shell("sed -nE 's/^(SigBlk|SigIgn):.*([0-9a-f]{8})$/\\1 \\2/p' /proc/self/status"));
  unsigned long blocked = 1;
  unsigned long ignored = 1;
  ASSERT_EQ(std::sscanf(result.standard_output.c_str(), "SigBlk %lx SigIgn %lx", &blocked, &ignored), 2)
      << result.standard_output;
  constexpr unsigned long kOfTheLibrary = 0x80000000UL;  // signal 32; 33 lies in the upper half
  EXPECT_EQ(blocked & ~kOfTheLibrary, 0UL);
  EXPECT_EQ(ignored & ~kOfTheLibrary, 0UL);
}

TEST(BoostRunner, StopsTheChildWhenTheUserInterrupts) {
  Interrupts interrupts;
  BoostRunner runner(interrupts);
  const ChildResult result = runner.run(shell("kill -INT $PPID; echo $$; sleep 1000"));
  EXPECT_TRUE(result.interrupted);
  EXPECT_TRUE(interrupts.pending());
}

TEST(BoostRunner, TheSideThatHangsRanPastItsDeadlineAndNotTheOneThatWaitedForIt) {
  for (const std::size_t hanging : {0U, 1U}) {
    std::array<int, 2> ends{};
    ASSERT_EQ(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()), 0);
    std::array<ChildRequest, 2> requests;
    for (std::size_t side = 0; side < 2; ++side) {
      requests.at(side) = shell(side == hanging ? "trap '' TERM; sleep 1000"
                                                : fmt::format("read -r -u {} token || exit 3", ends.at(side)));
      requests.at(side).program = "/bin/bash";
      requests.at(side).inherited_fd = ends.at(side);
      requests.at(side).timeout_s = 0.3;
    }
    Interrupts interrupts;
    BoostRunner runner(interrupts);
    const auto results = runner.run_pair(requests, {OwnedFd(ends[0]), OwnedFd(ends[1])});
    EXPECT_EQ(results.at(hanging).end.kind, ChildEnd::Kind::kDeadline) << hanging;
    EXPECT_EQ(results.at(1 - hanging).end.kind, ChildEnd::Kind::kExited) << hanging;
    EXPECT_EQ(results.at(1 - hanging).end.code, kPeerGoneStatus) << hanging;
  }
}

TEST(BoostRunner, KnowsTheEndOfItsChildrenWhateverItWasStartedWith) {
  std::signal(SIGCHLD, SIG_IGN);
  EXPECT_EQ(run(shell("exit 4")).end.code, 4);
}

TEST(Interrupts, AHangUpThatIsIgnoredStaysSo) {
  std::signal(SIGHUP, SIG_IGN);
  {
    Interrupts interrupts;
    std::raise(SIGHUP);
    EXPECT_FALSE(interrupts.pending());
    std::raise(SIGTERM);
    EXPECT_TRUE(interrupts.pending());
  }
  std::signal(SIGHUP, SIG_DFL);
}

TEST(BoostRunner, TakesItsChildAlongWhenItIsKilled) {
  const auto file = std::filesystem::path(testing::TempDir()) / ("unitcost-pid-" + std::to_string(getpid()));
  std::filesystem::remove(file);
  const pid_t harness = fork();
  ASSERT_GE(harness, 0);
  if (harness == 0) {
    run(shell("echo $$ > " + file.string() + ".new; mv " + file.string() + ".new " + file.string() +
              "; exec sleep 1000"));
    _exit(0);
  }
  pid_t child = 0;
  for (int i = 0; i < 1000 && child == 0; ++i) {
    std::ifstream(file) >> child;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  ASSERT_GT(child, 0);
  kill(harness, SIGKILL);
  waitpid(harness, nullptr, 0);
  EXPECT_TRUE(dies(child));
  std::filesystem::remove(file);
}

}  // namespace
}  // namespace unitcost
