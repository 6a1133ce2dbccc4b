// One block against a child that does as it is told: crashes, hangs, lies.
#include "harness/run/block_runner.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>

namespace unitcost {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

std::string row(const std::string& name, double real_us, const std::string& more = "") {
  return R"({"name":")" + name + R"(","run_name":")" + name +
         R"(","run_type":"iteration","iterations":10,"real_time":)" + std::to_string(real_us) +
         R"(,"cpu_time":1.0,"time_unit":"us","access_ns":1.5)" + more + "}";
}

std::string document(const std::vector<std::string>& rows) {
  std::string text = R"({"context":{},"benchmarks":[)";
  for (std::size_t i = 0; i < rows.size(); ++i) text += (i == 0 ? "" : ",") + rows[i];
  return text + "]}";
}

class FakeProcesses final : public ProcessRunner {
 public:
  ChildResult run(const ChildRequest& asked) override {
    request = asked;
    for (const std::string& argument : asked.arguments) {
      if (!output.empty() && argument.starts_with("--benchmark_out=")) std::ofstream(argument.substr(16)) << output;
    }
    if (!calls.empty() && asked.arguments.size() > 6) std::ofstream(asked.arguments[6]) << calls;
    return result;
  }
  ChildRequest request;
  ChildResult result;
  std::string output;
  std::string calls;
};

class FakeReference final : public SpinReference {
 public:
  double spin_ns(int, std::int64_t) override {
    ++spins;
    return ns;
  }
  [[nodiscard]] double cpu_s() const override { return 0.0; }
  double ns = 2e6;
  int spins = 0;
};

class FakeClock final : public Clock {
 public:
  [[nodiscard]] double now_s() const override { return now; }
  [[nodiscard]] std::string utc() const override { return "2026-01-02T03:04:05Z"; }
  double now = 0.0;
};

class BlockRunnerTest : public testing::Test {
 protected:
  BlockRunnerTest() {
    std::filesystem::create_directories(folder_ / "benchmarks" / "family");
    std::ofstream(folder_ / "benchmarks" / "family" / "name") << "#!/bin/sh\n";
    std::filesystem::permissions(folder_ / "benchmarks" / "family" / "name", std::filesystem::perms::owner_all);
    planned_.key = "family/name:case:a";
    planned_.program = "family/name";
    planned_.name = "case:a";
    planned_.samples = 2;
    planned_.iterations = 10;
    processes_.result.wall_s = 0.05;
    processes_.result.cpus_used = {1};
  }
  ~BlockRunnerTest() override { std::filesystem::remove_all(folder_); }

  template <class Work>
  auto with_runner(const Work& work) {
    const FolderRoot root(folder_ / "no-machine");
    const ReadingSource readings(root);
    const Programs programs(folder_ / "benchmarks");
    BlockRunner runner(
        {processes_, reference_, readings, clock_, programs},
        {folder_,
         7,
         {{"one", {{1}, ""}}, {"pair-same-core", {{}, "no core with two threads"}}},
         strace_,
         {"A=1", "BENCHMARK_FILTER=x", "PYTHONMALLOC=debug", "UNITCOST_SEED=3", "UNITCOST_SCRATCH_DIR=/disk"},
         1000,
         100.0},
        Redactor({std::pair(folder_, std::string("<run>"))}));
    return work(runner);
  }

  std::optional<Block> run(int round = 1, int attempt = 1) {
    return with_runner([&](BlockRunner& runner) { return runner.run(planned_, {round, attempt}, 17, 2e6); });
  }

  std::filesystem::path folder_ =
      std::filesystem::path(testing::TempDir()) / ("unitcost-block-" + std::to_string(getpid()));
  PlannedCase planned_;
  FakeProcesses processes_;
  FakeReference reference_;
  FakeClock clock_;
  Strace strace_{"/usr/bin/strace", "6.1", ""};
};

TEST_F(BlockRunnerTest, ReadsSamplesAndConvertsTheirUnit) {
  processes_.output = document({row("case:a", 3.0), row("case:a", 4.0)});
  const auto block = run();
  ASSERT_TRUE(block);
  EXPECT_EQ(block->outcome, Outcome::kMeasured);
  EXPECT_THAT(block->samples.at("real_ns"), ElementsAre(3000.0, 4000.0));
  EXPECT_THAT(block->samples.at("access_ns"), ElementsAre(1.5, 1.5));
  EXPECT_EQ(block->iterations, 10);
  EXPECT_EQ(block->position, 17);
  EXPECT_TRUE(block->contaminated.empty());
  EXPECT_FALSE(block->covariates.readings.at("steal_ticks").has_value());  // this machine offers nothing
  EXPECT_THAT(processes_.request.arguments, Contains("--unitcost_iterations=10"));
  EXPECT_THAT(processes_.request.arguments, Contains("--benchmark_filter=^case:a$"));
  EXPECT_THAT(processes_.request.arguments, Contains("--benchmark_repetitions=2"));
}

TEST_F(BlockRunnerTest, BlocksThatFollowAtOnceShareTheSpinBetweenThem) {
  with_runner([&](BlockRunner& runner) {
    runner.run(planned_, {1, 1}, 17, 2e6);
    EXPECT_EQ(reference_.spins, 2);
    clock_.now = 0.004;
    reference_.ns = 3e6;
    const auto second = runner.run(planned_, {1, 2}, 18, 2e6);
    EXPECT_EQ(reference_.spins, 3);
    EXPECT_EQ(second->covariates.readings.at("reference_before_ns"), 2e6);
    EXPECT_EQ(second->covariates.readings.at("reference_after_ns"), 3e6);
    clock_.now = 0.010;
    const auto third = runner.run(planned_, {1, 3}, 19, 2e6);
    EXPECT_EQ(reference_.spins, 5) << "too long ago";
    EXPECT_EQ(third->covariates.readings.at("reference_before_ns"), 3e6);
    return 0;
  });
}

TEST_F(BlockRunnerTest, ANotANumberAmongTheAggregatesIsNoFault) {
  const std::string spread =
      R"({"name":"case:a_cv","run_name":"case:a","run_type":"aggregate","x":-NaN,"y":Infinity,"label":"\"NaN\""})";
  processes_.output = document({row("case:a", 3.0), row("case:a", 4.0), spread});
  EXPECT_EQ(run()->outcome, Outcome::kMeasured);
}

TEST_F(BlockRunnerTest, RoundZeroCalibratesWithOneRepetition) {
  processes_.output = document({row("case:a", 3.0)});
  planned_.iterations = 0;
  EXPECT_EQ(run(0)->outcome, Outcome::kMeasured);
  EXPECT_THAT(processes_.request.arguments, Contains("--unitcost_sample_ms=5"));
  EXPECT_THAT(processes_.request.arguments, Contains("--benchmark_repetitions=1"));
}

TEST_F(BlockRunnerTest, PadsTheEnvironmentAndDropsWhatWouldChangeFlags) {
  processes_.output = document({row("case:a", 3.0), row("case:a", 4.0)});
  run(1);
  const auto first = processes_.request.environment;
  ASSERT_EQ(first.size(), 3U);
  EXPECT_EQ(first[0], "A=1");
  EXPECT_EQ(first[1], "UNITCOST_SCRATCH_DIR=/disk");  // where files are measured is the user's choice
  EXPECT_THAT(first[2], StartsWith("UNITCOST_PADDING="));
  EXPECT_LE(first[2].size(), 17U + 4095U);
  run(2);
  EXPECT_NE(processes_.request.environment[2].size(), first[2].size());
  run(1);
  EXPECT_EQ(processes_.request.environment, first);  // it follows from seed and key
}

TEST_F(BlockRunnerTest, ACrashIsAFailedBlockWithItsLastWordsAndALog) {
  processes_.result.end = {ChildEnd::Kind::kSignalled, SIGSEGV, ""};
  processes_.result.standard_error = "first\nsaid in " + folder_.string() + "\n\xff";
  const auto block = run();
  EXPECT_EQ(block->outcome, Outcome::kFailed);
  EXPECT_THAT(block->reason, HasSubstr("signal 11"));
  EXPECT_EQ(block->end.stderr_tail, "first\nsaid in <run>\n?");
  EXPECT_TRUE(std::filesystem::exists(folder_ / "logs" / "family_name_case_a-1-1.log"));
}

TEST_F(BlockRunnerTest, AHangIsAFailedBlock) {
  processes_.result.end = {ChildEnd::Kind::kDeadline, 0, ""};
  const auto block = run();
  EXPECT_EQ(block->outcome, Outcome::kFailed);
  EXPECT_THAT(block->reason, HasSubstr("deadline of 60 s"));
}

struct Lie {
  const char* name;
  std::string output;
  const char* reason;
};

class LyingChild : public BlockRunnerTest, public testing::WithParamInterface<Lie> {};

TEST_P(LyingChild, FailsTheBlockAlthoughTheExitStatusIsZero) {
  processes_.output = GetParam().output;
  const auto block = run();
  EXPECT_EQ(block->outcome, Outcome::kFailed);
  EXPECT_THAT(block->reason, HasSubstr(GetParam().reason));
  EXPECT_TRUE(block->samples.empty());
}

INSTANTIATE_TEST_SUITE_P(
    All, LyingChild,
    testing::Values(
        Lie{"nothing", "", "no benchmark output"},
        Lie{"truncated", document({row("case:a", 1.0)}).substr(0, 60), "not valid JSON"},
        Lie{"nan", document({row("case:a", 1.0, R"(,"x":NaN)"), row("case:a", 1.0)}), "not a finite number"},
        Lie{"short", document({row("case:a", 1.0)}), "1 rows where 2"}, Lie{"none", document({}), "no row"},
        Lie{"other", document({row("case:b", 1.0), row("case:b", 1.0)}), "'case:b' where 'case:a'"},
        Lie{"error",
            document(
                {R"({"run_name":"case:a","run_type":"iteration","error_occurred":true,"error_message":"failed: wrong sum"})"}),
            "wrong sum"},
        Lie{"foreign_error",
            document({R"({"run_name":"case:a","run_type":"iteration","error_occurred":true,"error_message":"boom"})"}),
            "boom"},
        Lie{"uneven", document({row("case:a", 1.0, R"(,"x":1)"), row("case:a", 1.0)}), "'x' is missing"}),
    [](const auto& lie) { return lie.param.name; });

TEST_F(BlockRunnerTest, ARowThatCannotRunHereIsUnmeasurable) {
  processes_.output = document(
      {R"({"run_name":"case:a","run_type":"iteration","error_occurred":true,"error_message":"unmeasurable: one CPU"})"});
  const auto block = run();
  EXPECT_EQ(block->outcome, Outcome::kUnmeasurable);
  EXPECT_EQ(block->reason, "one CPU");
}

TEST_F(BlockRunnerTest, WhatTheBlockBeforeWroteNeverCounts) {
  processes_.output = document({row("case:a", 3.0), row("case:a", 4.0)});
  EXPECT_EQ(run()->outcome, Outcome::kMeasured);
  processes_.output = "";
  std::ofstream(folder_ / "child.json") << document({row("case:a", 3.0), row("case:a", 4.0)});
  EXPECT_EQ(run()->outcome, Outcome::kFailed);
}

TEST_F(BlockRunnerTest, CountsSystemCallsOfOneIteration) {
  planned_.observe = Observe::kSyscalls;
  processes_.output = document({row("case:a", 3.0)});
  processes_.calls =
      "syscall              calls    errors\n---------------- --------- ---------\nread                     4\nopenat  "
      "                 3         1\n"
      "---------------- --------- ---------\ntotal                    7         1\n";
  const auto block = run();
  EXPECT_EQ(block->outcome, Outcome::kMeasured);
  EXPECT_EQ(processes_.request.program, "/usr/bin/strace");
  EXPECT_THAT(processes_.request.arguments, Contains("--unitcost_iterations=1"));
  EXPECT_THAT(block->samples.at("syscalls"), ElementsAre(7.0));
  EXPECT_THAT(block->samples.at("syscalls.openat"), ElementsAre(3.0));
  EXPECT_FALSE(block->samples.contains("real_ns"));
}

TEST_F(BlockRunnerTest, WithoutStraceOrSuchCpusNothingIsStarted) {
  planned_.observe = Observe::kSyscalls;
  strace_ = {"", "", "strace is not installed"};
  EXPECT_EQ(run()->reason, "strace is not installed");
  planned_.observe = Observe::kTime;
  planned_.cpus = "pair-same-core";
  const auto block = run();
  EXPECT_EQ(block->outcome, Outcome::kUnmeasurable);
  EXPECT_EQ(block->reason, "no core with two threads");
  EXPECT_TRUE(processes_.request.program.empty());
}

TEST_F(BlockRunnerTest, ASlowReferenceOrTheWrongCpuContaminates) {
  processes_.output = document({row("case:a", 3.0), row("case:a", 4.0)});
  reference_.ns = 2.3e6;
  EXPECT_THAT(run()->contaminated, ElementsAre("reference"));
  reference_.ns = 2e6;
  processes_.result.cpus_used = {0, 1};
  EXPECT_THAT(run()->contaminated, ElementsAre("cpu"));
}

TEST_F(BlockRunnerTest, AnInterruptedBlockNeverHappened) {
  processes_.result.interrupted = true;
  EXPECT_FALSE(run());
}

}  // namespace
}  // namespace unitcost
