// JSON of pyperf, format 1.0: a run of pyperf is a block of ours, its values are the block's samples in seconds.
#include <cmath>
#include <optional>

#include <fmt/format.h>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "harness/analyse/analyse.hpp"
#include "harness/analyse/wording.hpp"
#include "harness/export/run_rows.hpp"

namespace unitcost {
namespace {

namespace json = boost::json;

/// "2026-01-02T03:04:05Z" -> "2026-01-02 03:04:05", as pyperf writes it.
std::string date_text(std::string utc) {
  if (utc.size() < 19) return "";
  utc.resize(19);
  utc[10] = ' ';
  return utc;
}

json::object run_of(const Block& block, const std::string& counter, double seconds_per_unit) {
  json::array values;
  for (const double sample : block.samples.at(counter)) {
    if (std::isfinite(sample) && sample > 0.0) values.push_back(sample * seconds_per_unit);
  }
  json::object metadata;
  if (const std::string date = date_text(block.started_utc); !date.empty()) metadata["date"] = date;
  if (block.iterations > 0) metadata["loops"] = block.iterations;
  return {{"metadata", std::move(metadata)}, {"values", std::move(values)}};
}

json::object metadata_of(const LoadedRun& run) {
  json::object metadata;
  const auto add = [&](const char* name, const std::string& text) {
    if (!text.empty()) metadata[name] = text;
  };
  add("cpu_model_name", fact_or_empty(run, "cpu_model"));
  add("python_compiler", fact_or_empty(run, "compiler"));
  add("unitcost_commit", fact_or_empty(run, "commit"));
  add("unitcost_run", run.id);
  const std::string kernel = fact_or_empty(run, "kernel");
  if (!kernel.empty()) metadata["platform"] = "Linux-" + kernel;
  const auto cpus = run.record.machine.find("cpus");
  if (cpus != run.record.machine.end() && cpus->second.value.is_int64()) metadata["cpu_count"] = cpus->second.value;
  return metadata;
}

}  // namespace

Exported pyperf_text(const LoadedRun& run, const RunRows& rows) {
  Exported result;
  json::array benchmarks;
  for (const RunRow& row : rows.rows) {
    const std::optional<double> unit_s = seconds_per(row.unit);
    json::array runs;
    for (const Block* block : unit_s ? row.blocks() : std::vector<const Block*>{}) {
      json::object entry = run_of(*block, row.counter, *unit_s);
      if (!entry.at("values").as_array().empty()) runs.push_back(std::move(entry));
    }
    if (runs.empty()) {
      result.left_out.push_back(fmt::format("{} {}: is no time above 0", row.key, row.counter));
      continue;
    }
    const std::string name = fmt::format("{} {}", row.key, row.counter);
    benchmarks.push_back(
        json::object{{"metadata", json::object{{"name", name}, {"unit", "second"}}}, {"runs", std::move(runs)}});
  }
  result.text = analysis_text(
      json::object{{"version", "1.0"}, {"metadata", metadata_of(run)}, {"benchmarks", std::move(benchmarks)}});
  return result;
}

}  // namespace unitcost
