#include "harness/analyse/run_json.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <set>

#include "harness/analyse/axis_value.hpp"
#include "harness/analyse/document.hpp"
#include "harness/analyse/figure_marks.hpp"
#include "harness/analyse/machine_facts.hpp"
#include "harness/analyse/wording.hpp"
#include "harness/stats/levels.hpp"

namespace unitcost {
namespace {

const char* kind_text(Fact::Kind kind) {
  return kind == Fact::Kind::kIdentity ? "identity" : kind == Fact::Kind::kSetUp ? "set-up" : "moving";
}

boost::json::object facts_json(const Facts& facts) {
  boost::json::object json;
  for (const auto& [name, fact] : facts) {
    json[name] = boost::json::object{{"kind", kind_text(fact.kind)}, {"value", fact.value}, {"reason", fact.reason}};
  }
  return json;
}

template <typename Predicate>
std::int64_t count_of(const std::vector<Block>& blocks, Predicate predicate) {
  return std::ranges::count_if(blocks, predicate);
}

std::int64_t unmeasurable_cases(const Evidence& evidence) {
  return std::ranges::count_if(evidence.cases(), [](const auto& entry) {
    return !entry.second.unmeasurable.empty() && !entry.second.has_blocks();
  });
}

boost::json::object level_json(const NamedLevel& level) {
  const Plateau& plateau = *level.plateau;
  return {{"name", level.name},
          {"text", level.text},
          {"value", number_json(plateau.value)},
          {"interval", interval_json(plateau.low, plateau.high)},
          {"unit", "ns"},
          {"from_bytes", plateau.from_bytes},
          {"to_bytes", plateau.to_bytes},
          {"n", plateau.n}};
}

boost::json::object cliff_json(const NamedCliff& named) {
  const Cliff& cliff = *named.cliff;
  const double bytes = cliff.bytes != 0 ? static_cast<double>(cliff.bytes) : std::round(cliff.crossing_bytes);
  return {{"name", named.name},
          {"bytes", number_json(bytes)},
          {"interval", interval_json(cliff.low_bytes, cliff.high_bytes)},
          {"snapped", cliff.bytes != 0},
          {"reason", cliff.reason}};
}

const Curve* main_curve(const Evidence& evidence, Curves& curves) {
  if (find_scenario(evidence.run(), kHierarchyScenario) != nullptr) return curves.of_scenario(kHierarchyScenario);
  for (const auto& scenario : evidence.run().scenarios) {
    if (const Curve* curve = curves.of_scenario(scenario.id); curve != nullptr) return curve;
  }
  return nullptr;
}

void add_estimates(boost::json::array& estimates, const CaseEvidence& evidence, const LabelledCase& labelled) {
  for (const auto& counter : evidence.counters()) {
    const Estimate estimate = evidence.estimate(counter);
    estimates.push_back(boost::json::object{{"key", labelled.key},
                                            {"scenario", labelled.scenario},
                                            {"label", labelled.label},
                                            {"axes", axes_json(labelled.axes)},
                                            {"counter", counter},
                                            {"unit", unit_of_counter(counter)},
                                            {"value", number_json(estimate.value)},
                                            {"interval", interval_json(estimate.low, estimate.high)},
                                            {"coverage", estimate.coverage},
                                            {"n", estimate.n},
                                            {"minimum", number_json(estimate.minimum)},
                                            {"lag1", number_json(estimate.lag1)},
                                            {"widened", estimate.widened},
                                            {"contaminated", evidence.contaminated()},
                                            {"method", "median of block medians, order statistics"}});
  }
}

/// Cases of the plan that no scenario names (a program run by itself), so that every case is listed once at least.
std::vector<LabelledCase> labels_of(const Evidence& evidence) {
  std::vector<LabelledCase> labels = evidence.run().plan.labels;
  std::set<std::string> named;
  for (const auto& label : labels) named.insert(label.key);
  for (const auto& planned : evidence.run().plan.cases) {
    if (!named.contains(planned.key)) labels.push_back({"", planned.name, planned.key, planned.axes});
  }
  return labels;
}

}  // namespace

boost::json::object run_json(const Evidence& evidence, const std::vector<Block>& blocks, const std::string& run_id) {
  const RunRecord& run = evidence.run();
  boost::json::object json;
  json["id"] = run_id;
  json["machine_id"] = run.machine_id;
  json["label"] = run.label;
  json["status"] = run.status;
  json["profile"] = run.plan.profile;
  json["preview"] = run.plan.preview;
  json["seed"] = run.plan.seed;
  json["started_utc"] = run.started_utc;
  json["ended_utc"] = run.ended_utc;
  json["wall_s"] = number_json(run.wall_s);
  json["harness_share"] = run.wall_s > 0.0 ? number_json(run.harness_cpu_s / run.wall_s) : boost::json::value(nullptr);
  json["rounds"] = run.plan.rounds;
  json["blocks"] = blocks.size();
  json["contaminated"] = count_of(blocks, [](const Block& block) { return !block.contaminated.empty(); });
  json["repeated"] = count_of(blocks, [](const Block& block) { return block.attempt > 1; });
  json["failed"] = count_of(blocks, [](const Block& block) { return block.outcome == Outcome::kFailed; });
  json["cases"] = run.plan.cases.size();
  json["unmeasurable"] = unmeasurable_cases(evidence);
  json["machine"] = facts_json(run.machine);
  json["build"] = facts_json(run.build);
  json["warnings"] = texts_json(run.warnings);
  json["line"] = machine_line(run);
  return json;
}

boost::json::value hierarchy_json(const Evidence& evidence, Curves& curves) {
  const Curve* curve = main_curve(evidence, curves);
  if (curve == nullptr || curve->points.empty()) return nullptr;
  boost::json::array levels;
  for (const auto& level : name_levels(curve->hierarchy)) {
    if (level.plateau) levels.push_back(level_json(level));
  }
  boost::json::array cliffs;
  for (const auto& cliff : name_cliffs(curve->hierarchy)) {
    if (cliff.cliff) cliffs.push_back(cliff_json(cliff));
  }
  return boost::json::object{{"scenario", curve->name.scenario},
                             {"case", curve->name.label},
                             {"levels", std::move(levels)},
                             {"cliffs", std::move(cliffs)},
                             {"reported", reported_caches_json(evidence.run())}};
}

boost::json::array estimates_json(const Evidence& evidence) {
  boost::json::array estimates;
  for (const auto& labelled : labels_of(evidence)) {
    const CaseEvidence* found = evidence.find(labelled.key);
    if (found != nullptr) add_estimates(estimates, *found, labelled);
  }
  return estimates;
}

boost::json::array unmeasurable_json(const Evidence& evidence) {
  boost::json::array array;
  for (const auto& labelled : labels_of(evidence)) {
    const CaseEvidence* found = evidence.find(labelled.key);
    if (found == nullptr || found->unmeasurable.empty() || found->has_blocks()) continue;
    array.push_back(boost::json::object{{"key", labelled.key},
                                        {"scenario", labelled.scenario},
                                        {"label", labelled.label},
                                        {"reason", found->unmeasurable}});
  }
  return array;
}

boost::json::array failed_json(const Evidence& evidence) {
  boost::json::array array;
  for (const auto& planned : evidence.run().plan.cases) {
    const CaseEvidence* found = evidence.find(planned.key);
    if (found == nullptr || found->failed_blocks == 0) continue;
    array.push_back(
        boost::json::object{{"key", planned.key}, {"reason", found->failure}, {"blocks", found->failed_blocks}});
  }
  return array;
}

}  // namespace unitcost
