#include "harness/export/run_export.hpp"

#include <algorithm>
#include <memory>
#include <set>

#include <fmt/format.h>

#include "harness/base/error.hpp"
#include "harness/base/nearest.hpp"
#include "harness/export/run_rows.hpp"

namespace unitcost {
namespace {

bool holds_many_runs(const std::string& format) { return format == "csv" || format == "openmetrics"; }

void refuse_bad_request(const std::vector<LoadedRun>& runs, const std::string& format) {
  if (!export_formats().contains(format)) {
    std::vector<std::string> known;
    for (const auto& [name, what] : export_formats()) known.push_back(name);
    throw BadInput(fmt::format("export: no format '{}'{}", format, did_you_mean_or_known(format, known)));
  }
  if (runs.empty()) throw BadInput("export: no run was named");
  if (runs.size() > 1 && !holds_many_runs(format))
    throw BadInput(fmt::format("export: {} holds one run, and {} were named; csv and openmetrics hold several", format,
                               runs.size()));
}

/// A counter that no case of any run has was not meant.
void refuse_unknown_counters(const std::vector<std::unique_ptr<Evidence>>& evidence,
                             const std::vector<std::string>& counters) {
  std::set<std::string> known;
  for (const auto& of_run : evidence) {
    for (const auto& [key, of_case] : of_run->cases()) {
      const std::vector<std::string> there = of_case.counters();
      known.insert(there.begin(), there.end());
    }
  }
  const std::vector<std::string> names(known.begin(), known.end());
  for (const std::string& counter : counters) {
    if (!known.empty() && !known.contains(counter))
      throw BadInput(
          fmt::format("export: no counter '{}' was measured{}", counter, did_you_mean_or_known(counter, names)));
  }
}

Exported write(const std::vector<LoadedRun>& runs, const std::vector<RunRows>& rows, const std::string& format) {
  const LoadedRun& run = runs.front();
  const RunRows& first = rows.front();
  if (format == "csv") return {csv_text(runs, rows), {}};
  if (format == "openmetrics") return {openmetrics_text(runs, rows), {}};
  if (format == "google-benchmark") return google_benchmark_text(run, first);
  if (format == "pyperf") return pyperf_text(run, first);
  if (format == "github-action-benchmark") return github_action_benchmark_text(run, first, true);
  if (format == "github-action-benchmark-bigger") return github_action_benchmark_text(run, first, false);
  if (format == "bencher") return {bencher_text(first), {}};
  if (format == "junit") return {run_junit_text(run, first), {}};
  return {run_markdown(run, first), {}};
}

}  // namespace

const std::map<std::string, std::string>& export_formats() {
  static const std::map<std::string, std::string> kFormats{
      {"bencher", "Bencher Metric Format (JSON)"},
      {"csv", "a line a run and a column a case, for change-point tools; takes several runs"},
      {"github-action-benchmark", "JSON of customSmallerIsBetter"},
      {"github-action-benchmark-bigger", "JSON of customBiggerIsBetter: what the other leaves out"},
      {"google-benchmark", "Google Benchmark's JSON, a repetition a block"},
      {"junit", "JUnit XML, a test case a claim and a case"},
      {"markdown", "tables of claims and cases, at most 60 000 characters"},
      {"openmetrics", "OpenMetrics text; takes several runs"},
      {"pyperf", "pyperf's JSON, a run a block"},
  };
  return kFormats;
}

Exported export_runs(const std::vector<LoadedRun>& runs, const std::string& format,
                     const std::vector<std::string>& counters) {
  refuse_bad_request(runs, format);
  std::vector<std::unique_ptr<Evidence>> evidence;
  std::vector<RunRows> rows;
  for (const LoadedRun& run : runs) {
    evidence.push_back(std::make_unique<Evidence>(run.record, run.blocks));
    rows.push_back(rows_of(run, *evidence.back(), counters));
  }
  refuse_unknown_counters(evidence, counters);
  if (std::ranges::all_of(rows, [](const RunRows& of_run) { return of_run.rows.empty(); }) && format != "junit")
    throw BadInput(fmt::format("export: nothing was measured in {}", runs.front().folder.filename().string()));
  return write(runs, rows, format);
}

}  // namespace unitcost
