#pragma once
// What every format of a run begins with: a row a case and counter, with value, interval and the blocks behind it.
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "harness/analyse/evidence.hpp"
#include "harness/export/run_export.hpp"

namespace unitcost {

struct RunRow {
  std::string key;
  std::string counter;
  std::string unit;
  std::optional<bool> lower_is_better;
  Estimate estimate;
  const CaseEvidence* evidence = nullptr;
  const LoadedRun* run = nullptr;

  [[nodiscard]] std::vector<const Block*> blocks() const;  ///< that count, in their order
};

struct RunRows {
  std::vector<RunRow> rows;                                       ///< by case
  std::vector<std::pair<std::string, std::string>> not_measured;  ///< case, reason
  std::vector<std::pair<std::string, std::string>> failed;
  std::vector<std::string> warnings;  ///< of the run, and why it is not a whole one
};

/// The counter that a case is about, or `counters` where it has them. `run` and `evidence` must outlive the rows.
RunRows rows_of(const LoadedRun& run, const Evidence& evidence, const std::vector<std::string>& counters);

/// A fact as text; empty when there is none.
std::string fact_or_empty(const LoadedRun& run, const std::string& name);

// The formats, a file each.
Exported google_benchmark_text(const LoadedRun& run, const RunRows& rows);
Exported pyperf_text(const LoadedRun& run, const RunRows& rows);
Exported github_action_benchmark_text(const LoadedRun& run, const RunRows& rows, bool smaller_is_better);
std::string bencher_text(const RunRows& rows);
std::string openmetrics_text(const std::vector<LoadedRun>& runs, const std::vector<RunRows>& rows);
std::string csv_text(const std::vector<LoadedRun>& runs, const std::vector<RunRows>& rows);
std::string run_junit_text(const LoadedRun& run, const RunRows& rows);
std::string run_markdown(const LoadedRun& run, const RunRows& rows);

}  // namespace unitcost
