// --only: scenarios, labels and cases by prefix.
#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "harness/base/error.hpp"
#include "harness/scenario/expand.hpp"
#include "harness/scenario/faults.hpp"
#include "harness/scenario/parse.hpp"
#include "harness/scenario/sections.hpp"

namespace unitcost {
namespace {

using Labels = std::set<std::string>;

/// The part of the pattern's key before its first placeholder decides; a prefix that goes on into an axis value takes the whole label.
bool fits(const Scenario& scenario, const std::string& label, const std::string& prefix) {
  if ((scenario.id + ":" + label).starts_with(prefix)) return true;
  return may_start_with(scenario.cases.at(label), prefix);
}

bool uses_only(const Metric& metric, const Labels& labels) {
  return std::all_of(metric.cases.begin(), metric.cases.end(),
                     [&labels](const std::string& label) { return labels.contains(label); });
}

bool is_answered(const Claim& claim, const Labels& labels) {
  return uses_only(claim.metric, labels) && (!claim.control || uses_only(claim.control->metric, labels)) &&
         (!claim.ceiling || uses_only(claim.ceiling->metric, labels));
}

bool is_drawn(Figure& figure, const Labels& labels, const std::vector<Claim>& claims) {
  const bool all = figure.cases.empty();
  std::erase_if(figure.cases, [&labels](const std::string& label) { return !labels.contains(label); });
  std::erase_if(figure.claims, [&claims](const std::string& id) {
    return std::none_of(claims.begin(), claims.end(), [&id](const Claim& claim) { return claim.id == id; });
  });
  return (all || !figure.cases.empty()) && (figure.relative_to.empty() || labels.contains(figure.relative_to)) &&
         (figure.minus.empty() || labels.contains(figure.minus));
}

/// The scenario without its other cases, and without what needs them: still consistent in itself.
Scenario reduced(Scenario scenario, const Labels& labels) {
  std::erase_if(scenario.case_order, [&labels](const std::string& label) { return !labels.contains(label); });
  std::erase_if(scenario.cases, [&labels](const auto& one) { return !labels.contains(one.first); });
  std::erase_if(scenario.run_by_label, [&labels](const auto& one) { return !labels.contains(one.first); });
  std::set<std::string> axes;
  for (const std::string& label : scenario.case_order) {
    for (const std::string& axis : axes_of(scenario, label)) axes.insert(axis);
  }
  std::erase_if(scenario.axes, [&axes](const auto& one) { return !axes.contains(one.first); });
  for (auto& [name, axis] : scenario.axes) {
    if (!labels.contains(axis.cliff_case)) axis.cliff_case.clear();
  }
  if (!axes.contains(scenario.run.memory_axis)) {
    scenario.run.memory_axis.clear();
    scenario.run.memory_factor = 1.0;
  }
  std::erase_if(scenario.claims, [&labels](const Claim& claim) { return !is_answered(claim, labels); });
  std::erase_if(scenario.figures, [&](Figure& figure) { return !is_drawn(figure, labels, scenario.claims); });
  return scenario;
}

[[noreturn]] void refuse(const std::string& prefix, const std::vector<Scenario>& scenarios) {
  std::set<std::string> names;
  for (const Scenario& scenario : scenarios) {
    names.insert(family_of(scenario.id));
    names.insert(scenario.id);
    for (const std::string& label : scenario.case_order) names.insert(scenario.id + ":" + label);
  }
  std::vector<std::string> close = nearest_few(prefix, {names.begin(), names.end()}, 3);
  if (close.empty()) {
    for (const Scenario& scenario : scenarios) close.push_back(scenario.id);
    throw BadInput(fmt::format("--only {}: no scenario or case begins with it; there are {}", in_quotes(prefix),
                               fmt::join(close, ", ")));
  }
  throw BadInput(fmt::format("--only {}: no scenario or case begins with it; nearest: {}", in_quotes(prefix),
                             fmt::join(close, ", ")));
}

}  // namespace

std::vector<Scenario> select_scenarios(std::vector<Scenario> scenarios, const std::vector<std::string>& prefixes) {
  if (prefixes.empty()) return scenarios;
  std::vector<Scenario> chosen;
  std::set<std::string> used;
  for (Scenario& scenario : scenarios) {
    Labels labels;
    for (const std::string& prefix : prefixes) {
      if (prefix.empty()) continue;
      const bool whole = scenario.id.starts_with(prefix);
      for (const std::string& label : scenario.case_order) {
        if (!whole && !fits(scenario, label, prefix)) continue;
        labels.insert(label);
        used.insert(prefix);
      }
    }
    if (labels.size() == scenario.cases.size()) {
      chosen.push_back(scenario);
    } else if (!labels.empty()) {
      chosen.push_back(reduced(scenario, labels));
    }
  }
  for (const std::string& prefix : prefixes) {
    if (!used.contains(prefix)) refuse(prefix, scenarios);
  }
  return chosen;
}

}  // namespace unitcost
