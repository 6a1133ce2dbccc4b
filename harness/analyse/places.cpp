#include "harness/analyse/places.hpp"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <optional>

#include <fmt/format.h>

#include "harness/analyse/axis_value.hpp"
#include "harness/analyse/left_out.hpp"
#include "harness/analyse/machine_facts.hpp"
#include "harness/analyse/wording.hpp"

namespace unitcost {
namespace {

using Chosen = std::map<std::string, std::string>;

bool agrees(const LabelledCase& labelled, const Chosen& chosen) {
  return std::ranges::all_of(chosen, [&](const auto& entry) {
    const auto own = labelled.axes.find(entry.first);
    return own == labelled.axes.end() || own->second == entry.second;
  });
}

bool by_size(const std::string& a, const std::string& b) {
  const auto left = axis_number(a);
  const auto right = axis_number(b);
  return left && right ? *left < *right : false;  // words stay in the order of the plan
}

enum class Which { kPlanned, kMeasured };

/// Values of an axis at which every label that has the axis is planned, or was measured, with the axes chosen so far.
std::vector<std::string> common_values(const Evidence& evidence, const std::string& scenario,
                                       const std::vector<std::string>& labels, const std::string& axis,
                                       const Chosen& chosen, Which which) {
  std::vector<std::string> common;
  bool is_first = true;
  for (const auto& label : labels) {
    std::vector<std::string> own;
    bool has_axis = false;
    for (const LabelledCase* labelled : evidence.labelled(scenario, label)) {
      const auto value = labelled->axes.find(axis);
      if (value == labelled->axes.end()) continue;
      has_axis = true;
      const CaseEvidence* found = evidence.find(labelled->key);
      const bool counts = found != nullptr && (which == Which::kPlanned || found->has_blocks());
      if (counts && agrees(*labelled, chosen) && std::ranges::find(own, value->second) == own.end())
        own.push_back(value->second);
    }
    if (!has_axis) continue;
    if (is_first) common = own;
    std::erase_if(common, [&](const std::string& value) { return std::ranges::find(own, value) == own.end(); });
    is_first = false;
  }
  std::ranges::stable_sort(common, by_size);
  return common;
}

struct Resolved {
  std::vector<std::string> values;
  std::string problem;
  bool is_left_out = false;
};

/// Why there is no curve that shows the caches: --only may have left out the scenario that measures it.
Resolved without_curve(const RunRecord& run) {
  const bool is_left_out = !run.plan.only.empty() && find_scenario(run, kHierarchyScenario) == nullptr;
  if (!is_left_out) return {{}, "the run has no curve that shows the caches"};
  return {{},
          fmt::format("not measured in this run: --only leaves out {}, whose curve shows the caches; a run without "
                      "--only measures it",
                      kHierarchyScenario),
          true};
}

Resolved resolve_symbol(const std::string& symbol, const std::vector<std::string>& measured, const std::string& axis,
                        const Curve* curve, const RunRecord& run) {
  if (measured.empty()) return {{}, fmt::format("nothing was measured at any value of {}", spaced(axis))};
  if (symbol == "largest") return {{measured.back()}, ""};
  if (curve == nullptr) return without_curve(run);
  const bool is_past = symbol == "past-last-cache";
  const auto edge = is_past ? past_last_cache_bytes(curve->hierarchy) : half_first_cache_bytes(curve->hierarchy);
  if (!edge)
    return {
        {},
        curve->hierarchy.memory_reason.empty() ? "no cliff was found in the curve" : curve->hierarchy.memory_reason};
  std::optional<std::string> best;
  for (const auto& value : measured) {
    const auto bytes = axis_number(value);
    if (!bytes) continue;
    if (is_past && static_cast<double>(*bytes) >= *edge && !best) best = value;
    if (!is_past && static_cast<double>(*bytes) <= *edge && std::has_single_bit(*bytes))
      best = value;  // ascending: the last one is the largest
  }
  if (best) return {{*best}, ""};
  const std::string text = with_unit(*edge, "bytes");
  return {{},
          is_past ? "nothing was measured at " + text + " or more, four times the last cliff"
                  : "nothing was measured at " + text + " or less"};
}

/// The values that one entry of `at` stands for.
Resolved resolve_entry(const std::string& axis, const Position& position, const std::vector<std::string>& measured,
                       const Curve* curve, const RunRecord& run) {
  if (const auto* number = std::get_if<std::uint64_t>(&position)) return {{std::to_string(*number)}, ""};
  const auto& word = std::get<std::string>(position);
  const bool is_symbol = word == "largest" || word == "past-last-cache" || word == "half-first-cache";
  return is_symbol ? resolve_symbol(word, measured, axis, curve, run) : Resolved{{word}, ""};
}

std::string place_text(const Evidence& evidence, const std::string& scenario, const Chosen& chosen) {
  const std::string text = axis_values_text(find_scenario(evidence.run(), scenario), chosen);
  return text.empty() ? "" : " at " + text;
}

/// Whether a sweep that follows the machine's CPUs ends before one of these values.
bool is_beyond_machine(const RunRecord& run, const std::string& scenario, const Chosen& chosen) {
  const Scenario* found = find_scenario(run, scenario);
  return found != nullptr && std::ranges::any_of(chosen, [&](const auto& entry) {
           const auto axis = found->axes.find(entry.first);
           if (axis == found->axes.end() || axis->second.cpus_times == 0) return false;
           return axis_number(entry.second).value_or(0) >
                  static_cast<std::uint64_t>(axis->second.cpus_times) * static_cast<std::uint64_t>(cpus_of(run));
         });
}

void leave_out(const Evidence& evidence, const std::string& scenario, const std::string& label, const Chosen& chosen,
               Places& resolved) {
  if (is_beyond_machine(evidence.run(), scenario, chosen)) {
    const int cpus = cpus_of(evidence.run());
    resolved.problem = fmt::format("nothing is measured{} on a machine with {} CPU{}",
                                   place_text(evidence, scenario, chosen), cpus, cpus == 1 ? "" : "s");
    return;
  }
  resolved.problem = left_out_text(evidence.run(), scenario, label, chosen);
  resolved.is_left_out = true;
}

/// The one case of a label; where there is none, why is in `resolved`.
const CaseEvidence* case_at(const Evidence& evidence, const std::string& scenario, const std::string& label,
                            const Chosen& chosen, Places& resolved) {
  const LabelledCase* found = nullptr;
  for (const LabelledCase* labelled : evidence.labelled(scenario, label)) {
    if (!agrees(*labelled, chosen)) continue;
    if (found != nullptr) {
      resolved.problem = fmt::format("`{}` has several cases{}: the claim leaves an axis open", label,
                                     place_text(evidence, scenario, chosen));
      return nullptr;
    }
    found = labelled;
  }
  const CaseEvidence* result = found == nullptr ? nullptr : evidence.find(found->key);
  if (result == nullptr) leave_out(evidence, scenario, label, chosen, resolved);
  return result;
}

}  // namespace

Places resolve_places(const Evidence& evidence, Curves& curves, const std::string& scenario,
                      const std::vector<std::string>& labels, const At& at) {
  Places resolved;
  for (const auto& label : labels) {
    if (!evidence.labelled(scenario, label).empty()) continue;
    leave_out(evidence, scenario, label, {}, resolved);
    return resolved;
  }
  std::vector<Chosen> all{{}};
  for (const auto& [axis, position] : at) {
    const auto* word = std::get_if<std::string>(&position);
    resolved.is_swept = resolved.is_swept || (word != nullptr && *word == "each");
    std::vector<Chosen> next;
    for (const auto& chosen : all) {
      const bool is_each =
          word != nullptr && *word == "each";  // what could not be measured is a part too, and is named
      const auto values =
          common_values(evidence, scenario, labels, axis, chosen, is_each ? Which::kPlanned : Which::kMeasured);
      const Resolved entry = is_each
                                 ? Resolved{values, ""}
                                 : resolve_entry(axis, position, values, curves.of_scenario(scenario), evidence.run());
      if (!entry.problem.empty()) {
        resolved.problem = entry.problem;
        resolved.is_left_out = entry.is_left_out;
      }
      for (const auto& value : entry.values) {
        next.push_back(chosen);
        next.back()[axis] = value;
      }
    }
    all = std::move(next);
  }
  for (const auto& chosen : all) {
    Place place{chosen, {}};
    for (const auto& label : labels) {
      const CaseEvidence* found = case_at(evidence, scenario, label, chosen, resolved);
      if (found == nullptr) return {{}, resolved.is_swept, resolved.problem, resolved.is_left_out};
      place.cases.push_back(found);
    }
    resolved.places.push_back(place);
  }
  if (!resolved.places.empty()) {
    resolved.problem.clear();
    resolved.is_left_out = false;
  } else if (resolved.problem.empty()) {
    leave_out(evidence, scenario, labels.front(), {}, resolved);
  }
  return resolved;
}

}  // namespace unitcost
