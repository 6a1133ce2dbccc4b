#include "harness/analyse/places.hpp"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <optional>

#include <fmt/format.h>

#include "harness/analyse/axis_value.hpp"
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
};

Resolved resolve_symbol(const std::string& symbol, const std::vector<std::string>& measured, const std::string& axis,
                        const Curve* curve) {
  if (measured.empty()) return {{}, fmt::format("nothing was measured at any value of {}", spaced(axis))};
  if (symbol == "largest") return {{measured.back()}, ""};
  if (curve == nullptr) return {{}, "the run has no curve that shows the caches"};
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
                       const Curve* curve) {
  if (const auto* number = std::get_if<std::uint64_t>(&position)) return {{std::to_string(*number)}, ""};
  const auto& word = std::get<std::string>(position);
  const bool is_symbol = word == "largest" || word == "past-last-cache" || word == "half-first-cache";
  return is_symbol ? resolve_symbol(word, measured, axis, curve) : Resolved{{word}, ""};
}

std::string place_text(const Evidence& evidence, const std::string& scenario, const Chosen& chosen) {
  const std::string text = axis_values_text(find_scenario(evidence.run(), scenario), chosen);
  return text.empty() ? "" : " at " + text;
}

/// The one case of a label, or why there is none.
const CaseEvidence* case_at(const Evidence& evidence, const std::string& scenario, const std::string& label,
                            const Chosen& chosen, std::string& problem) {
  const LabelledCase* found = nullptr;
  for (const LabelledCase* labelled : evidence.labelled(scenario, label)) {
    if (!agrees(*labelled, chosen)) continue;
    if (found != nullptr) {
      problem = fmt::format("`{}` has several cases{}: the claim leaves an axis open", label,
                            place_text(evidence, scenario, chosen));
      return nullptr;
    }
    found = labelled;
  }
  const CaseEvidence* result = found == nullptr ? nullptr : evidence.find(found->key);
  if (result == nullptr)
    problem = fmt::format("`{}`{} is not part of this run", label, place_text(evidence, scenario, chosen));
  return result;
}

}  // namespace

Places resolve_places(const Evidence& evidence, Curves& curves, const std::string& scenario,
                      const std::vector<std::string>& labels, const At& at) {
  Places resolved;
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
      const Resolved entry =
          is_each ? Resolved{values, ""} : resolve_entry(axis, position, values, curves.of_scenario(scenario));
      if (!entry.problem.empty()) resolved.problem = entry.problem;
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
      const CaseEvidence* found = case_at(evidence, scenario, label, chosen, resolved.problem);
      if (found == nullptr) return {{}, resolved.is_swept, resolved.problem};
      place.cases.push_back(found);
    }
    resolved.places.push_back(place);
  }
  if (!resolved.places.empty()) {
    resolved.problem.clear();
  } else if (resolved.problem.empty()) {
    resolved.problem = fmt::format("`{}` is not part of this run", labels.front());
  }
  return resolved;
}

}  // namespace unitcost
