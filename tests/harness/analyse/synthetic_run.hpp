#pragma once
// A run that never happened: scenarios as TOML, costs as functions of the axes and the round. What comes out is known beforehand.
#include <algorithm>
#include <functional>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "harness/analyse/analyse.hpp"
#include "harness/scenario/expand.hpp"
#include "harness/scenario/parse.hpp"
#include "harness/store/block.hpp"
#include "harness/store/run_record.hpp"

namespace unitcost::testing_support {

using Axes = std::map<std::string, std::string>;
using Cost = std::function<double(const Axes& axes, int round)>;

/// A little noise by round, within ±1 %, that repeats after seven rounds and has no lag-1 correlation to speak of.
inline double wobble(double cost, int round) {
  constexpr double kSteps[] = {0.0, 0.7, -0.9, 0.4, -0.3, 1.0, -0.6};
  return cost * (1.0 + kSteps[round % 7] / 100.0);
}

class SyntheticRun {
 public:
  explicit SyntheticRun(int rounds = 10, int cpus = 2) {
    record.machine_id = "0123456789ab";
    record.status = "complete";
    record.started_utc = "2026-01-02T03:04:05Z";
    record.ended_utc = "2026-01-02T03:14:05Z";
    record.wall_s = 600.0;
    record.harness_cpu_s = 3.0;
    record.reference_median_ns = 2e6;
    record.machine["cpus"] = {Fact::Kind::kIdentity, cpus, ""};
    record.machine["cpu_model"] = {Fact::Kind::kIdentity, "Example 9000", ""};
    record.machine["kernel"] = {Fact::Kind::kSetUp, "Linux 6.1", ""};
    record.machine["guest"] = {Fact::Kind::kIdentity, "", ""};
    record.machine["emulated"] = {Fact::Kind::kIdentity, false, ""};
    record.plan.profile = "standard";
    record.plan.seed = 7;
    record.plan.rounds = rounds;
    record.plan.frozen = true;
  }

  /// Parses and expands; its cases join the plan.
  void add(const std::string& toml, const std::string& id) {
    add(parse_scenario(toml, id, "scenarios/" + id + ".toml"));
  }
  void add(const Scenario& scenario) {
    record.scenarios.push_back(scenario);
    ExpandOptions options;
    options.cpus = 2;
    for (const auto& expansion : expand(record.scenarios.back(), options)) {
      const std::string key = key_of(expansion);
      record.plan.labels.push_back({expansion.scenario, expansion.label, key, expansion.axes});
      if (std::ranges::find(record.plan.cases, key, &PlannedCase::key) != record.plan.cases.end()) continue;
      PlannedCase planned;
      planned.key = key;
      planned.program = expansion.program;
      planned.name = expansion.name;
      planned.axes = expansion.axes;
      planned.rounds = record.plan.rounds;
      record.plan.cases.push_back(planned);
    }
  }

  /// Blocks of every case of the label with three samples each. Round 0 is absurd: nobody may read it. A second counter of a label joins
  /// the blocks that are there.
  void measure(const std::string& label, const std::string& counter, const Cost& cost) {
    for (const auto& labelled : labelled_cases(label)) {
      for (int round = 0; round <= record.plan.rounds; ++round) {
        const double value = round == 0 ? 1e9 : cost(labelled.axes, round);
        find_or_add(labelled.key, round).samples[counter] = {value * 0.9, value, value * 1.2};
      }
    }
  }
  void measure(const std::string& label, const std::string& counter, double cost) {
    measure(label, counter, [cost](const Axes&, int round) { return wobble(cost, round); });
  }
  /// The same number in every block.
  void count(const std::string& label, const std::string& counter, double number) {
    for (const auto& labelled : labelled_cases(label)) {
      for (int round = 0; round <= record.plan.rounds; ++round)
        find_or_add(labelled.key, round).samples[counter] = {number};
    }
  }
  /// One block of round 0 that says so, as the harness leaves it.
  void refuse(const std::string& label, Outcome outcome, const std::string& reason) {
    for (const auto& labelled : labelled_cases(label)) {
      Block& block = find_or_add(labelled.key, 0);
      block.outcome = outcome;
      block.reason = reason;
    }
  }

  /// Of the label no case is in the plan, as when the profile leaves it out.
  void leave_out(const std::string& label) {
    for (const auto& labelled : labelled_cases(label)) {
      std::erase_if(record.plan.cases, [&](const PlannedCase& planned) { return planned.key == labelled.key; });
      std::erase_if(blocks, [&](const Block& block) { return block.case_key == labelled.key; });
    }
    std::erase_if(record.plan.labels, [&](const LabelledCase& labelled) { return labelled.label == label; });
  }

  std::vector<LabelledCase> labelled_cases(const std::string& label) const {
    std::vector<LabelledCase> found;
    for (const auto& labelled : record.plan.labels) {
      if (labelled.label == label) found.push_back(labelled);
    }
    if (found.empty()) throw std::logic_error("no label " + label);
    return found;
  }

  boost::json::object analysis() const { return analyse(record, blocks, "feedfacecafe").as_object(); }

  /// The claim with that id and variant.
  boost::json::object claim(const std::string& id, const std::string& variant = "") const {
    const boost::json::object whole = analysis();
    for (const auto& claim : whole.at("claims").as_array()) {
      if (claim.at("id").as_string() == id && claim.at("variant").as_string() == variant) return claim.as_object();
    }
    throw std::logic_error("no claim " + id);
  }
  std::string verdict(const std::string& id, const std::string& variant = "") const {
    return std::string(claim(id, variant).at("verdict").as_string());
  }
  std::string reason(const std::string& id, const std::string& variant = "") const {
    return std::string(claim(id, variant).at("reason").as_string());
  }

  Block& find_or_add(const std::string& key, int round) {
    for (auto& block : blocks) {
      if (block.case_key == key && block.round == round) return block;
    }
    Block block;
    block.case_key = key;
    block.round = round;
    block.position = static_cast<int>(blocks.size());
    block.started_utc = "2026-01-02T03:04:06Z";
    block.covariates.readings = {{"reference_before_ns", 2e6}, {"reference_after_ns", 2.2e6}, {"steal_ticks", 0.0}};
    blocks.push_back(block);
    return blocks.back();
  }

  RunRecord record;
  std::vector<Block> blocks;
};

}  // namespace unitcost::testing_support
