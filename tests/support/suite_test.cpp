// run_suite(): the benchmarks of others keep their names, run as often as they are told, and their file is JSON.
#include "benchmarks/support/suite/suite.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <dlfcn.h>
#include <unistd.h>

#include <cmath>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <functional>
#include <limits>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "benchmarks/support/suite/strict.hpp"
#include "tests/support/watched_pair.hpp"

namespace unitcost {
namespace {

using testing::HasSubstr;
using testing::Not;

void count_up(benchmark::State& state) {
  std::int64_t count = 0;
  for (auto _ : state) benchmark::DoNotOptimize(++count);
}

struct ChildRun {
  int status;
  std::string json;
  std::string printed;
};

/// In a child, because Google Benchmark keeps what is registered in a global.
ChildRun run_in_child(const std::function<void()>& register_benchmarks, std::vector<std::string> flags) {
  const std::string out = std::filesystem::temp_directory_path() / ("unitcost-suite-test-" + std::to_string(getpid()));
  const std::string printed = out + ".printed";
  const pid_t child = fork();
  if (child == 0) {
    if (std::freopen(printed.c_str(), "w", stdout) == nullptr || std::freopen("/dev/null", "w", stderr) == nullptr)
      _exit(99);
    register_benchmarks();
    flags.insert(flags.begin(), {"program", "--benchmark_out=" + out});
    const int status = run_suite(flags);
    std::fflush(stdout);
    _exit(status);
  }
  ChildRun run{status_of(child), {}, {}};
  for (const auto& [file, text] : {std::pair{out, &run.json}, {printed, &run.printed}}) {
    std::stringstream content;
    content << std::ifstream(file).rdbuf();
    *text = content.str();
    std::filesystem::remove(file);
  }
  return run;
}

void register_suite() {
  benchmark::RegisterBenchmark("sized", count_up)->Arg(8)->Arg(64)->MinTime(0.5);
  benchmark::RegisterBenchmark("shared", count_up)->Threads(2)->UseRealTime();
  benchmark::RegisterBenchmark("counted", count_up)->Iterations(77)->Repetitions(3)->ReportAggregatesOnly();
}

TEST(RunSuite, ListsWhatIsRegistered) {
  const ChildRun run = run_in_child(register_suite, {"--benchmark_list_tests"});
  EXPECT_EQ(run.status, 0);
  EXPECT_EQ(run.printed,
            "sized/8/min_time:0.500\n"
            "sized/64/min_time:0.500\n"
            "shared/real_time/threads:2\n"
            "counted/iterations:77/repeats:3\n");
}

TEST(RunSuite, SaysWhatItCanDo) {
  const ChildRun run = run_in_child(register_suite, {"--benchmark_list_tests=true", "--unitcost_abilities"});
  EXPECT_EQ(run.status, 0);
  EXPECT_EQ(run.printed, "unitcost: token\n");
}

TEST(RunSuite, KeepsTheNamesAndRunsTheIterationsAskedFor) {
  const ChildRun run = run_in_child(
      register_suite, {"--unitcost_iterations=12", "--benchmark_repetitions=2", "--benchmark_filter=^sized/8/"});
  EXPECT_EQ(run.status, 0);
  EXPECT_EQ(count_of(run.json, "\"name\": \"sized/8/min_time:0.500\","), 2U) << run.json;
  EXPECT_EQ(count_of(run.json, "\"iterations\": 12,"), 2U);
  EXPECT_THAT(run.json, Not(HasSubstr("iterations:")));
  EXPECT_THAT(run.json, Not(HasSubstr("sized/64")));
  EXPECT_THAT(run.printed, HasSubstr("sized/8/min_time:0.500"));
}

TEST(RunSuite, LeavesACountThatABenchmarkWasRegisteredWithButReportsEverySample) {
  const ChildRun run = run_in_child(
      register_suite, {"--unitcost_iterations=12", "--benchmark_repetitions=2", "--benchmark_filter=counted"});
  EXPECT_EQ(run.status, 0);
  EXPECT_EQ(count_of(run.json, "\"name\": \"counted/iterations:77/repeats:3\","), 2U) << run.json;
  EXPECT_EQ(count_of(run.json, "\"iterations\": 77,"), 2U);
}

TEST(RunSuite, CalibratesToTheSampleAskedFor) {
  const ChildRun run = run_in_child(register_suite, {"--unitcost_sample_ms=1", "--benchmark_filter=sized|shared"});
  EXPECT_EQ(run.status, 0);
  EXPECT_EQ(count_of(run.json, "\"run_type\": \"iteration\""), 3U) << run.json;
  EXPECT_THAT(run.json, HasSubstr("\"name\": \"sized/64/min_time:0.500\","));
  EXPECT_THAT(run.json, HasSubstr("\"name\": \"shared/real_time/threads:2\","));
  EXPECT_THAT(run.json, Not(HasSubstr("min_time:0.001")));
}

TEST(RunSuite, DoesWhatGoogleBenchmarkDoesWithoutFlagsOfOurs) {
  const ChildRun run = run_in_child(register_suite, {"--benchmark_filter=counted"});
  EXPECT_EQ(run.status, 0);
  EXPECT_EQ(count_of(run.json, "\"run_type\": \"iteration\""), 0U) << run.json;
  EXPECT_THAT(run.json, HasSubstr("\"name\": \"counted/iterations:77/repeats:3_median\","));
}

TEST(RunSuite, RefusesWhatItCannotDo) {
  EXPECT_EQ(run_in_child(register_suite, {"--benchmark_filter=^nothing$"}).status, 2);
  EXPECT_EQ(run_in_child(register_suite, {"--benchmark_filter=("}).status, 2);
  EXPECT_EQ(run_in_child(register_suite, {"--benchmark_fliter=x", "--unitcost_iterations=1"}).status, 2);
  EXPECT_EQ(run_in_child(register_suite, {"--unitcost_iterations=none"}).status, 2);
  EXPECT_EQ(run_in_child(register_suite, {"--unitcost_iterations=1", "--benchmark_out_format=csv"}).status, 2);
  EXPECT_EQ(run_in_child([] {}, {}).status, 2);
}

TEST(RunSuite, SaysWhenTheOutputIsCutShort) {
  EXPECT_EQ(run_in_child(register_suite, {"--unitcost_iterations=1", "--benchmark_out=/dev/full"}).status, 1);
}

TEST(RunSuite, SaysWhenABenchmarkThrows) {
  const auto register_throwing = [] {
    benchmark::RegisterBenchmark("throws", [](benchmark::State&) { throw std::invalid_argument("no such size"); });
  };
  EXPECT_EQ(run_in_child(register_throwing, {"--unitcost_iterations=1"}).status, 1);
}

TEST(RunSuite, StoresTheReasonOfARowThatEndsWithoutANumber) {
  const auto register_skipping = [] {
    benchmark::RegisterBenchmark("refused",
                                 [](benchmark::State& state) { state.SkipWithError("unmeasurable: no GPU"); });
    benchmark::RegisterBenchmark("broken", [](benchmark::State& state) {
      for (auto _ : state) benchmark::ClobberMemory();
      state.counters["share"] = benchmark::Counter(std::nan(""));
    });
  };
  const ChildRun run = run_in_child(register_skipping, {"--unitcost_iterations=2"});
  EXPECT_EQ(run.status, 0);
  EXPECT_THAT(run.json, HasSubstr("unmeasurable: no GPU"));
  EXPECT_THAT(run.json, HasSubstr("failed: the counter 'share' is not a finite number"));
  EXPECT_THAT(run.json, Not(HasSubstr("NaN")));
}

TEST(RunSuite, RefusesToSetABenchmarkThatASharedLibraryRegistered) {
  // As the code of a library would that was linked without us.
  using Register = benchmark::internal::Benchmark*(benchmark::internal::Benchmark*);
  auto* real = reinterpret_cast<Register*>(
      dlsym(RTLD_DEFAULT, "_ZN9benchmark8internal25RegisterBenchmarkInternalEPNS0_9BenchmarkE"));
  if (real == nullptr) GTEST_SKIP() << "this version of Google Benchmark registers by another function";
  const auto register_both = [&] {
    register_suite();
    real(new benchmark::internal::FunctionBenchmark("far", count_up));
  };
  EXPECT_EQ(run_in_child(register_both, {"--unitcost_iterations=3", "--benchmark_filter=far"}).status, 2);
  const ChildRun near = run_in_child(register_both, {"--unitcost_iterations=3", "--benchmark_filter=shared"});
  EXPECT_EQ(near.status, 0);
  EXPECT_THAT(near.json, HasSubstr("\"name\": \"shared/real_time/threads:2\","));
}

SideMain watching_suite() {
  return [](Shared& shared, char side, const std::vector<std::string>& flags) {
    register_suite();
    const auto body = [&shared, side](benchmark::State& state) {
      const Watch watch(shared, side, state.max_iterations == kSliceIterations);
      for (auto _ : state) usleep(100);
      state.counters["size"] = static_cast<double>(state.range(0));
    };
    benchmark::RegisterBenchmark("watch", body)->Arg(8)->Arg(64)->MinTime(0.5)->Complexity();
    return run_suite(flags);
  };
}

TEST(RunSuite, WorksInSlicesAsOneSideOfAPair) {
  const Pair pair = run_pair(watching_suite(), "4,2", {"--benchmark_filter=^watch/64/min_time:0\\.500$"});
  EXPECT_EQ(pair.first, 0);
  EXPECT_EQ(pair.second, 0);
  EXPECT_EQ(pair.most_inside, 1);
  EXPECT_EQ(pair.order,
            "ab"
            "aA"
            "bBB"
            "aAA"
            "bBB"
            "aA");
  for (const std::string& json : pair.json) {
    EXPECT_EQ(count_of(json, "\"run_name\": \"watch/64/min_time:0.500\""), 4U) << json;
    EXPECT_EQ(count_of(json, "\"iterations\": 5,"), 4U);
    EXPECT_EQ(count_of(json, "\"size\": 6.4"), 4U);
  }
}

TEST(RunSuite, IsASideOfOneCaseOnly) {
  EXPECT_EQ(run_pair(watching_suite(), "4,2", {"--benchmark_filter=watch"}).first, 2);
}

TEST(Strict, LeavesOutAStatisticWithoutAValue) {
  unitcost::Run sample;  // testing::Test has a Run() too
  sample.real_accumulated_time = 1.0;
  sample.counters["good"] = benchmark::Counter(1.0);
  unitcost::Run spread = sample;
  spread.run_type = unitcost::Run::RT_Aggregate;
  spread.counters["bad"] = benchmark::Counter(std::nan(""));
  unitcost::Run hopeless = spread;
  hopeless.real_accumulated_time = std::numeric_limits<double>::infinity();
  const Runs kept = strict({sample, spread, hopeless});
  ASSERT_EQ(kept.size(), 2U);
  EXPECT_EQ(kept[0].counters.size(), 1U);
  EXPECT_EQ(kept[1].counters.size(), 1U);
}

}  // namespace
}  // namespace unitcost
