// run_cases(): names stay as registered, iteration counts are obeyed, and bad input is refused.
#include <gtest/gtest.h>

#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <system_error>

#include "benchmarks/support/case.hpp"

namespace unitcost {
namespace {

std::string slurp(const std::filesystem::path& path) {
  std::ifstream file(path);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

// Google Benchmark keeps its flags and registered benchmarks in globals, so each run is a child of its own.
struct ChildRun {
  int status;
  std::string json;
};

ChildRun run_in_child(const CaseRegistry& cases, std::vector<std::string> flags) {
  const auto out =
      std::filesystem::temp_directory_path() / ("unitcost-program-test-" + std::to_string(getpid()) + ".json");
  std::filesystem::remove(out);
  const pid_t child = fork();
  if (child == 0) {
    if (std::freopen("/dev/null", "w", stdout) == nullptr || std::freopen("/dev/null", "w", stderr) == nullptr)
      _exit(99);
    flags.insert(flags.begin(), "program");
    flags.push_back("--benchmark_out=" + out.string());
    flags.push_back("--benchmark_out_format=json");
    _exit(run_cases(cases, flags));
  }
  int status = 0;
  waitpid(child, &status, 0);
  ChildRun result{WIFEXITED(status) ? WEXITSTATUS(status) : -1, slurp(out)};
  std::filesystem::remove(out);
  return result;
}

CaseRegistry counting_case() {
  CaseRegistry cases;
  cases.add("count/axis:1", Timing::kWall, [](benchmark::State& state) {
    for (auto _ : state) {
    }
    report_per_op(state, "step_ns", 10);
  });
  return cases;
}

TEST(RunCases, KeepsTheNameAndRunsTheIterationsAskedFor) {
  const ChildRun run = run_in_child(counting_case(), {"--unitcost_iterations=1234", "--benchmark_repetitions=3"});
  EXPECT_EQ(run.status, 0);
  EXPECT_NE(run.json.find("\"name\": \"count/axis:1\""), std::string::npos) << run.json;
  EXPECT_EQ(run.json.find("iterations:"), std::string::npos);
  EXPECT_EQ(run.json.find("real_time\","), std::string::npos);
  EXPECT_NE(run.json.find("\"iterations\": 1234"), std::string::npos);
  EXPECT_NE(run.json.find("\"operations\": 1.2340000000000000e+04"), std::string::npos) << run.json;
}

TEST(RunCases, RefusesAFilterThatMatchesNothing) {
  EXPECT_EQ(run_in_child(counting_case(), {"--benchmark_filter=^nothing$"}).status, 2);
}

TEST(RunCases, RefusesAFlagThatNobodyKnows) {
  EXPECT_EQ(run_in_child(counting_case(), {"--benchmark_fliter=x"}).status, 2);
}

TEST(RunCases, RefusesIterationsThatAreNoCount) {
  EXPECT_EQ(run_in_child(counting_case(), {"--unitcost_iterations=-3"}).status, 2);
  EXPECT_EQ(run_in_child(counting_case(), {"--unitcost_iterations=7x"}).status, 2);
}

TEST(RunCases, SaysWhenTheOutputIsCutShort) {
  const pid_t child = fork();
  if (child == 0) {
    if (std::freopen("/dev/null", "w", stdout) == nullptr || std::freopen("/dev/null", "w", stderr) == nullptr)
      _exit(99);
    _exit(run_cases(counting_case(), {"program", "--unitcost_iterations=1", "--benchmark_out=/dev/full",
                                      "--benchmark_out_format=json"}));
  }
  int status = 0;
  waitpid(child, &status, 0);
  ASSERT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 1);
}

TEST(RunCases, StoresTheReasonOfARowThatEndsWithoutANumber) {
  CaseRegistry cases;
  cases.add("refused", Timing::kWall, [](benchmark::State& state) { unmeasurable(state, "no second CPU"); });
  cases.add("broken", Timing::kWall, [](benchmark::State& state) { failed(state, "the sum is wrong"); });
  const ChildRun run = run_in_child(cases, {});
  EXPECT_EQ(run.status, 0);
  EXPECT_NE(run.json.find("unmeasurable: no second CPU"), std::string::npos);
  EXPECT_NE(run.json.find("failed: the sum is wrong"), std::string::npos);
}

TEST(RunCases, TellsALimitFromAFaultWhenABodyThrows) {
  CaseRegistry cases;
  cases.add("refused", Timing::kWall, [](benchmark::State&) { throw CannotMeasure("no huge pages"); });
  cases.add("no_memory", Timing::kWall,
            [](benchmark::State&) { throw std::system_error(ENOMEM, std::generic_category(), "mmap"); });
  cases.add("wrong_call", Timing::kWall,
            [](benchmark::State&) { throw std::system_error(EBADF, std::generic_category(), "read"); });
  cases.add("midway", Timing::kWall, [](benchmark::State& state) {
    for (auto _ : state) throw std::runtime_error("the child did not end");
  });
  const ChildRun run = run_in_child(cases, {"--unitcost_iterations=3"});
  EXPECT_EQ(run.status, 0);
  EXPECT_NE(run.json.find("unmeasurable: no huge pages"), std::string::npos) << run.json;
  EXPECT_NE(run.json.find("unmeasurable: mmap"), std::string::npos);
  EXPECT_NE(run.json.find("failed: read"), std::string::npos);
  EXPECT_NE(run.json.find("failed: the child did not end"), std::string::npos);
}

TEST(RunCases, WritesNoBareNanForAStatisticWithoutAValue) {
  CaseRegistry cases;
  cases.add("zero", Timing::kWall, [](benchmark::State& state) {
    for (auto _ : state) {
    }
    report_value(state, "faults", 0.0);
  });
  const ChildRun run = run_in_child(cases, {"--unitcost_iterations=3", "--benchmark_repetitions=3"});
  EXPECT_EQ(run.status, 0);
  EXPECT_NE(run.json.find("\"faults\""), std::string::npos);
  EXPECT_NE(run.json.find("\"cv\""), std::string::npos);
  EXPECT_EQ(run.json.find("NaN"), std::string::npos);
}

TEST(CaseRegistry, RefusesANameTwice) {
  CaseRegistry cases = counting_case();
  EXPECT_THROW(cases.add("count/axis:1", Timing::kWall, [](benchmark::State&) {}), std::invalid_argument);
}

}  // namespace
}  // namespace unitcost
