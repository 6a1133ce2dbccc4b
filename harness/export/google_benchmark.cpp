// The JSON that Google Benchmark would have written, a repetition a block: its own tools (compare.py) then test blocks, not repetitions of
// one process.
#include <algorithm>
#include <cmath>
#include <span>

#include <fmt/format.h>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "harness/analyse/analyse.hpp"
#include "harness/export/run_rows.hpp"
#include "harness/stats/order_statistics.hpp"

namespace unitcost {
namespace {

namespace json = boost::json;

json::object context_of(const LoadedRun& run) {
  json::object context{{"date", run.record.started_utc}, {"host_name", ""}, {"executable", "unitcost"}};
  for (const auto& [name, key] : {std::pair{"cpus", "num_cpus"}, std::pair{"caches", "caches"}}) {
    const auto fact = run.record.machine.find(name);
    context[key] = fact == run.record.machine.end() ? json::value(nullptr) : fact->second.value;
  }
  if (context["num_cpus"].is_null()) context["num_cpus"] = 1;
  if (!context["caches"].is_array()) context["caches"] = json::array{};
  for (json::value& cache : context["caches"].as_array()) {  // under Google Benchmark's names
    if (!cache.is_object()) continue;
    json::object& entry = cache.as_object();
    for (const auto& [ours, theirs] : {std::pair{"bytes", "size"}, std::pair{"shared_by", "num_sharing"}}) {
      if (const json::value* value = entry.if_contains(ours)) entry[theirs] = json::value(*value);
      entry.erase(ours);
    }
  }
  context["unitcost_run"] = run.id;
  context["unitcost_note"] =
      "a row is a block (the median of one fresh process); cpu_time is not recorded and repeats real_time; mhz_per_cpu "
      "is not recorded";
  return context;
}

json::object row_of(const RunRow& row, const Block& block, std::size_t family, std::size_t index, std::size_t count) {
  const double real_ns = median(block.samples.at("real_ns"));
  json::object object{{"name", row.key},
                      {"family_index", family},
                      {"per_family_instance_index", 0},
                      {"run_name", row.key},
                      {"run_type", "iteration"},
                      {"repetitions", count},
                      {"repetition_index", index},
                      {"threads", 1},
                      {"iterations", block.iterations},
                      {"real_time", real_ns},
                      {"cpu_time", real_ns},
                      {"time_unit", "ns"}};
  for (const auto& [counter, samples] : block.samples) {
    const double value = samples.empty() ? std::nan("") : median(samples);
    if (counter != "real_ns" && std::isfinite(value)) object[counter] = value;
  }
  return object;
}

/// The blocks behind the rows of one case that have a time, each once however many counters were asked for.
std::vector<const Block*> timed_blocks(std::span<const RunRow> rows) {
  std::vector<const Block*> timed;
  for (const RunRow& row : rows) {
    for (const Block* block : row.blocks()) {
      const auto real = block->samples.find("real_ns");
      const bool is_timed = real != block->samples.end() && !real->second.empty();
      if (is_timed && std::ranges::find(timed, block) == timed.end()) timed.push_back(block);
    }
  }
  return timed;
}

}  // namespace

Exported google_benchmark_text(const LoadedRun& run, const RunRows& rows) {
  Exported result;
  json::array benchmarks;
  std::size_t family = 0;
  for (auto row = rows.rows.begin(); row != rows.rows.end();) {
    const auto end = std::find_if(row, rows.rows.end(), [&](const RunRow& other) { return other.key != row->key; });
    const std::vector<const Block*> timed = timed_blocks({row, end});
    if (timed.empty()) result.left_out.push_back(fmt::format("{}: was counted, not timed", row->key));
    for (std::size_t at = 0; at < timed.size(); ++at)
      benchmarks.push_back(row_of(*row, *timed[at], family, at, timed.size()));
    if (!timed.empty()) ++family;
    row = end;
  }
  result.text = analysis_text(json::object{{"context", context_of(run)}, {"benchmarks", std::move(benchmarks)}});
  return result;
}

}  // namespace unitcost
