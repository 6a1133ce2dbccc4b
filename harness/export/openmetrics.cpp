// OpenMetrics text, version 1.0. Times are in seconds, the base unit; every family's samples stand together.
#include <optional>

#include <fmt/format.h>

#include "harness/analyse/wording.hpp"
#include "harness/export/escape.hpp"
#include "harness/export/run_rows.hpp"

namespace unitcost {
namespace {

std::string labels_of(const LoadedRun& run, const RunRow& row) {
  return fmt::format("run=\"{}\",case=\"{}\",counter=\"{}\"", openmetrics_escaped(run.id), openmetrics_escaped(row.key),
                     openmetrics_escaped(row.counter));
}

/// Value and the ends of its interval.
std::string samples_of(const char* family, const std::string& labels, const Estimate& estimate, double factor) {
  std::string text = fmt::format("{}{{{},statistic=\"median\"}} {:.6g}\n", family, labels, estimate.value * factor);
  if (!(estimate.low <= estimate.high)) return text;
  text += fmt::format("{}{{{},statistic=\"low\"}} {:.6g}\n", family, labels, estimate.low * factor);
  return text + fmt::format("{}{{{},statistic=\"high\"}} {:.6g}\n", family, labels, estimate.high * factor);
}

std::string info_text(const std::vector<LoadedRun>& runs) {
  std::string text = "# TYPE unitcost_run info\n# HELP unitcost_run What a run was.\n";
  for (const LoadedRun& run : runs) {
    text += fmt::format(
        "unitcost_run_info{{run=\"{}\",machine=\"{}\",label=\"{}\",cpu_model=\"{}\",kernel=\"{}\",commit=\"{}\","
        "profile=\"{}\",started_utc=\"{}\"}} 1\n",
        openmetrics_escaped(run.id), openmetrics_escaped(run.record.machine_id), openmetrics_escaped(run.record.label),
        openmetrics_escaped(fact_or_empty(run, "cpu_model")), openmetrics_escaped(fact_or_empty(run, "kernel")),
        openmetrics_escaped(fact_or_empty(run, "commit")), openmetrics_escaped(run.record.plan.profile),
        openmetrics_escaped(run.record.started_utc));
  }
  return text;
}

}  // namespace

std::string openmetrics_text(const std::vector<LoadedRun>& runs, const std::vector<RunRows>& rows) {
  std::string times =
      "# TYPE unitcost_case_seconds gauge\n# UNIT unitcost_case_seconds seconds\n# HELP unitcost_case_seconds Cost of "
      "a case: median of the blocks and its 95 % interval.\n";
  std::string others =
      "# TYPE unitcost_case_value gauge\n# HELP unitcost_case_value Number of a case that is no time; the counter's "
      "name ends in its unit.\n";
  std::string blocks =
      "# TYPE unitcost_case_blocks gauge\n# HELP unitcost_case_blocks Fresh processes behind a number.\n";
  for (std::size_t at = 0; at < runs.size(); ++at) {
    for (const RunRow& row : rows[at].rows) {
      const std::string labels = labels_of(runs[at], row);
      const std::optional<double> unit_s = seconds_per(row.unit);
      if (unit_s) times += samples_of("unitcost_case_seconds", labels, row.estimate, *unit_s);
      else others += samples_of("unitcost_case_value", labels, row.estimate, 1.0);
      blocks += fmt::format("unitcost_case_blocks{{{}}} {}\n", labels, row.estimate.n);
    }
  }
  return info_text(runs) + times + others + blocks + "# EOF\n";
}

}  // namespace unitcost
