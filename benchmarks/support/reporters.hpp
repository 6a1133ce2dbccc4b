#pragma once
// Google Benchmark's reporters with our names and without numbers that are none.
#include <benchmark/benchmark.h>

#include <cmath>
#include <vector>

namespace unitcost {

/// Google Benchmark adds what it was told (`/iterations:n`, `/real_time`) to the names; ours stay as registered. The coefficient of variation
/// of a counter that is 0 has no value; it would print a bare NaN, which is no JSON. A sample keeps whatever it has: there a NaN is a
/// fault, and whoever reads the file must see it.
inline benchmark::BenchmarkReporter::Run plain(benchmark::BenchmarkReporter::Run run) {
  benchmark::BenchmarkName name;
  name.function_name = run.run_name.function_name;
  run.run_name = name;
  if (run.run_type == benchmark::BenchmarkReporter::Run::RT_Aggregate)
    std::erase_if(run.counters, [](const auto& counter) { return !std::isfinite(counter.second.value); });
  return run;
}

template <class Reporter>
class PlainNames final : public Reporter {
 public:
  using Reporter::Reporter;
  void ReportRuns(const std::vector<benchmark::BenchmarkReporter::Run>& runs) override {
    std::vector<benchmark::BenchmarkReporter::Run> plain_runs;
    for (const auto& run : runs) plain_runs.push_back(plain(run));
    Reporter::ReportRuns(plain_runs);
  }
};

}  // namespace unitcost
