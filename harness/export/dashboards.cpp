// What dashboards read: github-action-benchmark (custom JSON), bencher (Bencher Metric Format), CSV with a line a run.
#include <algorithm>
#include <cmath>
#include <optional>
#include <set>

#include <fmt/format.h>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "harness/analyse/analyse.hpp"
#include "harness/analyse/machine_facts.hpp"
#include "harness/analyse/wording.hpp"
#include "harness/export/escape.hpp"
#include "harness/export/run_rows.hpp"

namespace unitcost {
namespace {

namespace json = boost::json;

std::string name_of(const RunRow& row) { return fmt::format("{} {}", row.key, row.counter); }

/// The further end of the interval, as this tool writes a range.
std::string range_text(const Estimate& estimate) {
  if (std::isnan(estimate.low)) return "";
  return "± " + three_digits(std::max(estimate.value - estimate.low, estimate.high - estimate.value));
}

json::object metric_of(const Estimate& estimate, double factor) {
  json::object metric{{"value", estimate.value * factor}};
  if (!std::isnan(estimate.low)) {
    metric["lower_value"] = estimate.low * factor;
    metric["upper_value"] = estimate.high * factor;
  }
  return metric;
}

}  // namespace

Exported github_action_benchmark_text(const LoadedRun& run, const RunRows& rows, bool smaller_is_better) {
  Exported result;
  json::array entries;
  for (const RunRow& row : rows.rows) {
    if (row.lower_is_better != smaller_is_better) {
      result.left_out.push_back(fmt::format("{}: {} {}", row.key, row.counter,
                                            row.lower_is_better ? "is better the other way" : "has no direction"));
      continue;
    }
    entries.push_back(json::object{
        {"name", name_of(row)},
        {"unit", row.unit},
        {"value", row.estimate.value},
        {"range", range_text(row.estimate)},
        {"extra",
         fmt::format("{} blocks, {:.1f} % interval {}\n{}", row.estimate.n, 100.0 * row.estimate.coverage,
                     interval_text(row.estimate.low, row.estimate.high, row.unit), machine_line(run.record))}});
  }
  result.text = analysis_text(entries);
  return result;
}

std::string bencher_text(const RunRows& rows) {
  constexpr double kNsPerSecond = 1e9;
  json::object benchmarks;
  for (const RunRow& row : rows.rows) {
    if (!benchmarks.contains(row.key)) benchmarks[row.key] = json::object{};
    json::object& measures = benchmarks[row.key].as_object();
    const std::optional<double> unit_s = seconds_per(row.unit);
    // "latency" is bencher's own measure, in nanoseconds; only one counter of a case can be it.
    const bool is_latency = unit_s && !measures.contains("latency");
    std::string measure = is_latency ? "latency" : row.counter;
    std::ranges::replace(measure, '_', '-');
    measures[measure] = metric_of(row.estimate, is_latency ? *unit_s * kNsPerSecond : 1.0);
  }
  return analysis_text(benchmarks);
}

std::string csv_text(const std::vector<LoadedRun>& runs, const std::vector<RunRows>& rows) {
  std::set<std::string> names;
  std::vector<std::map<std::string, double>> values(runs.size());
  for (std::size_t at = 0; at < runs.size(); ++at) {
    for (const RunRow& row : rows[at].rows) {
      names.insert(name_of(row));
      values[at][name_of(row)] = row.estimate.value;
    }
  }
  std::vector<std::size_t> order;
  for (std::size_t at = 0; at < runs.size(); ++at) order.push_back(at);
  std::ranges::stable_sort(order, {}, [&](std::size_t at) { return runs[at].record.started_utc; });
  std::string text = "time,commit,run,machine,profile";
  for (const std::string& name : names) text += "," + csv_field(name);
  text += "\n";
  for (const std::size_t at : order) {
    const RunRecord& record = runs[at].record;
    text += fmt::format("{},{},{},{},{}", csv_field(record.started_utc), csv_field(fact_or_empty(runs[at], "commit")),
                        runs[at].id, csv_field(record.machine_id), csv_field(record.plan.profile));
    for (const std::string& name : names) {
      const auto found = values[at].find(name);
      text += found == values[at].end() ? "," : fmt::format(",{:.6g}", found->second);
    }
    text += "\n";
  }
  return text;
}

}  // namespace unitcost
