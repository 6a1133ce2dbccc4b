// scenarios/profiles/<name>.toml.
#include <algorithm>
#include <optional>
#include <set>

#include <fmt/format.h>

#include "harness/base/nearest.hpp"
#include "harness/scenario/expand.hpp"
#include "harness/scenario/parse.hpp"
#include "harness/scenario/sections.hpp"
#include "harness/scenario/words.hpp"

namespace unitcost {
namespace {

/// "<scenario>:<axis>" = [values]; values are texts or integers and are kept as texts.
std::map<std::string, std::vector<std::string>> read_limits(TableReader& in, Faults& faults) {
  const Node* node = in.of_kind("axis_limits", Node::Kind::kTable);
  std::map<std::string, std::vector<std::string>> limits;
  if (node == nullptr) return limits;
  TableReader table(*node, "[axis_limits]", faults);
  for (const Entry& entry : node->entries) {
    const std::size_t colon = entry.key.find(':');
    if (colon == std::string::npos || !is_program(entry.key.substr(0, colon)) ||
        !is_label(entry.key.substr(colon + 1))) {
      faults.add(entry.line, fmt::format("{} in [axis_limits] is not an axis; write it as \"family/name:axis\"",
                                         in_quotes(entry.key)));
    }
    const Node* list = table.of_kind(entry.key, Node::Kind::kList);
    if (list == nullptr) continue;
    if (list->items.empty()) table.fault(entry.key, "the list is empty");
    for (const Node& item : list->items) {
      if (item.kind == Node::Kind::kInteger && item.integer >= 0) {
        limits[entry.key].push_back(std::to_string(item.integer));
      } else if (item.kind == Node::Kind::kText &&
                 (size_in(item.text) || cpu_multiple_in(item.text) || is_axis_word(item.text))) {
        limits[entry.key].push_back(item.text);
      } else {
        table.fault(entry.key,
                    "a value is neither a number, a size as \"4KiB\", a multiple of the CPUs as \"2x\" nor a word");
      }
    }
  }
  return limits;
}

constexpr double kMostBudgetS = 1e6;

bool is_budget(double seconds) { return seconds > 0.0 && seconds <= kMostBudgetS; }

std::string budget_fault(double seconds) {
  return fmt::format("{} is not above 0 and at most {:.0f}", seconds, kMostBudgetS);
}

/// <family> = seconds
std::map<std::string, double> read_family_budgets(TableReader& in, Faults& faults) {
  const Node* node = in.of_kind("family_budgets_s", Node::Kind::kTable);
  std::map<std::string, double> budgets;
  if (node == nullptr) return budgets;
  TableReader table(*node, "[family_budgets_s]", faults);
  for (const Entry& entry : node->entries) {
    const std::optional<double> seconds = table.number(entry.key);
    if (!seconds) continue;
    if (is_budget(*seconds)) budgets[entry.key] = *seconds;
    else table.fault(entry.key, budget_fault(*seconds));
  }
  return budgets;
}

const Scenario* find_scenario(const std::vector<Scenario>& scenarios, const std::string& id) {
  const auto found =
      std::find_if(scenarios.begin(), scenarios.end(), [&id](const Scenario& one) { return one.id == id; });
  return found == scenarios.end() ? nullptr : &*found;
}

void check_limit(const std::string& key, const std::vector<std::string>& values, const std::vector<Scenario>& scenarios,
                 Faults& faults) {
  const std::string id = key.substr(0, key.find(':'));
  const std::string axis_name = key.substr(key.find(':') + 1);
  const Scenario* scenario = find_scenario(scenarios, id);
  if (scenario == nullptr) {
    std::vector<std::string> ids;
    for (const Scenario& one : scenarios) ids.push_back(one.id);
    faults.add(0, fmt::format("axis_limits: no scenario {}{}", in_quotes(id), did_you_mean_or_known(id, ids)));
    return;
  }
  const auto axis = scenario->axes.find(axis_name);
  if (axis == scenario->axes.end()) {
    faults.add(0, fmt::format("axis_limits: scenario {} has no axis {}{}", in_quotes(id), in_quotes(axis_name),
                              did_you_mean_or_known(axis_name, axis_names(*scenario))));
    return;
  }
  if (axis->second.cpus_times > 0) return;  // which of them exist is the machine's affair
  const std::vector<std::string> known = axis_values(*scenario, axis_name, {});
  for (const std::string& value : values) {
    const std::optional<std::uint64_t> size = size_in(value);
    const std::string text = size ? std::to_string(*size) : value;
    if (std::find(known.begin(), known.end(), text) != known.end()) continue;
    faults.add(0, fmt::format("axis_limits: {} has no value {}", in_quotes(key), in_quotes(value)));
  }
}

void check_families(const std::map<std::string, double>& budgets, const std::vector<Scenario>& scenarios,
                    Faults& faults) {
  std::set<std::string> families;
  for (const Scenario& one : scenarios) families.insert(family_of(one.id));
  const std::vector<std::string> known(families.begin(), families.end());
  for (const auto& [family, seconds] : budgets) {
    if (families.contains(family)) continue;
    faults.add(
        0, fmt::format("family_budgets_s: no family {}{}", in_quotes(family), did_you_mean_or_known(family, known)));
  }
}

void check_prefixes(const char* key, const std::vector<std::string>& prefixes, const std::vector<Scenario>& scenarios,
                    Faults& faults) {
  for (const std::string& prefix : prefixes) {
    const bool fits = std::any_of(scenarios.begin(), scenarios.end(), [&prefix](const Scenario& scenario) {
      return std::any_of(scenario.cases.begin(), scenario.cases.end(),
                         [&prefix](const auto& one) { return may_start_with(one.second, prefix); });
    });
    if (!fits) faults.add(0, fmt::format("{}: no case begins with {}", key, in_quotes(prefix)));
  }
}

}  // namespace

Profile parse_profile(std::string_view toml, const std::string& name, const std::string& file) {
  Faults faults(file);
  const Node document = read_toml(toml, file);
  TableReader in(document, "the file", faults);
  Profile profile;
  profile.name = name;
  if (in.require("rounds")) profile.rounds = in.small_integer("rounds", 1, 1000, profile.rounds);
  profile.slow_rounds = in.small_integer("slow_rounds", 1, 1000, std::min(profile.slow_rounds, profile.rounds));
  if (profile.slow_rounds > profile.rounds)
    in.fault("slow_rounds", fmt::format("{} are more than all {} rounds", profile.slow_rounds, profile.rounds));
  profile.samples_per_block = in.small_integer("samples_per_block", 1, 100, profile.samples_per_block);
  profile.sample_scale = in.number("sample_scale").value_or(1.0);
  if (profile.sample_scale < 1.0 || profile.sample_scale > 100.0) {
    in.fault("sample_scale",
             fmt::format("{} is not between 1 and 100; samples below their least length are no evidence",
                         profile.sample_scale));
  }
  profile.budget_s = in.number("budget_s").value_or(profile.budget_s);
  if (!is_budget(profile.budget_s)) in.fault("budget_s", budget_fault(profile.budget_s));
  profile.family_budgets_s = read_family_budgets(in, faults);
  profile.dense = in.flag("dense").value_or(false);
  profile.near_cliffs = in.flag("near_cliffs").value_or(true);
  profile.preview = in.flag("preview").value_or(false);
  profile.leave_out = in.texts("leave_out");
  profile.only = in.texts("only");
  profile.axis_limits = read_limits(in, faults);
  in.finish();
  faults.throw_if_any();
  return profile;
}

void check_profile(const Profile& profile, const std::vector<Scenario>& scenarios) {
  Faults faults(fmt::format("profile '{}'", profile.name));
  for (const auto& [key, values] : profile.axis_limits) check_limit(key, values, scenarios, faults);
  check_families(profile.family_budgets_s, scenarios, faults);
  check_prefixes("leave_out", profile.leave_out, scenarios, faults);
  check_prefixes("only", profile.only, scenarios, faults);
  faults.throw_if_any();
}

}  // namespace unitcost
