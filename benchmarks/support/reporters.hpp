#pragma once
// Google Benchmark's reporters with our names and without numbers that are none.
#include <benchmark/benchmark.h>

#include <cmath>
#include <functional>
#include <utility>
#include <vector>

namespace unitcost {

using Run = benchmark::BenchmarkReporter::Run;
using Runs = std::vector<Run>;

/// Google Benchmark adds what it was told (`/iterations:n`, `/real_time`) to the names; ours stay as registered. The coefficient of variation
/// of a counter that is 0 has no value; it would print a bare NaN, which is no JSON. A sample keeps whatever it has: there a NaN is a
/// fault, and whoever reads the file must see it.
inline Run plain(Run run) {
  benchmark::BenchmarkName name;
  name.function_name = run.run_name.function_name;
  run.run_name = name;
  if (run.run_type == Run::RT_Aggregate)
    std::erase_if(run.counters, [](const auto& counter) { return !std::isfinite(counter.second.value); });
  return run;
}

inline Runs plain_runs(const Runs& runs) {
  Runs plain_ones;
  for (const Run& run : runs) plain_ones.push_back(plain(run));
  return plain_ones;
}

using Edit = std::function<Runs(const Runs&)>;

/// Reports what `edit` makes of the runs.
template <class Reporter>
class Edited final : public Reporter {
 public:
  template <class... Arguments>
  explicit Edited(Edit edit, Arguments&&... arguments)
      : Reporter(std::forward<Arguments>(arguments)...), edit_(std::move(edit)) {}
  void ReportRuns(const Runs& runs) override { Reporter::ReportRuns(edit_(runs)); }

 private:
  Edit edit_;
};

/// Keeps what it is told until it is asked for.
class Kept final : public benchmark::BenchmarkReporter {
 public:
  bool ReportContext(const Context&) override { return true; }
  void ReportRuns(const Runs& runs) override { runs_.insert(runs_.end(), runs.begin(), runs.end()); }
  Runs take() { return std::exchange(runs_, {}); }

 private:
  Runs runs_;
};

}  // namespace unitcost
