#include "harness/analyse/left_out.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "harness/analyse/axis_value.hpp"
#include "harness/base/prefixes.hpp"
#include "harness/scenario/expand.hpp"

namespace unitcost {
namespace {

using Axes = std::map<std::string, std::string>;

/// The pattern with the axes that are known.
CasePattern filled(CasePattern pattern, const Axes& at) {
  for (const auto& [axis, value] : at) {
    const std::string placeholder = "{" + axis + "}";
    const auto found = pattern.name.find(placeholder);
    if (found != std::string::npos) pattern.name.replace(found, placeholder.size(), value);
  }
  return pattern;
}

/// "open_each/bytes:20000 of syscall/batching"; an axis that is open is "…".
std::string case_text(const CasePattern& pattern) {
  std::string name = pattern.name;
  for (auto open = name.find('{'); open != std::string::npos; open = name.find('{', open)) {
    const auto close = name.find('}', open);
    if (close == std::string::npos) break;
    name.replace(open, close - open + 1, "…");
  }
  const char* const how = pattern.observe == Observe::kSyscalls ? " (its system calls, counted)" : "";
  return fmt::format("{} of {}{}", name, pattern.program, how);
}

/// Whether --only asks for the case: surely, surely not, or by values of axes that are not known here.
enum class Asked { kYes, kNo, kPerhaps };

Asked is_asked(const RunRecord& run, const std::string& whole_label, const CasePattern& pattern) {
  const auto& only = run.plan.only;
  const std::string key = key_of(pattern);
  if (is_asked_for(whole_label, only) || starts_with_any(key.substr(0, key.find('{')), only)) return Asked::kYes;
  return std::ranges::any_of(only, [&](const std::string& prefix) { return may_start_with(pattern, prefix); })
             ? Asked::kPerhaps
             : Asked::kNo;
}

/// The next larger of our profiles; empty where there is none.
std::string fuller_than(const std::string& profile) {
  if (profile == "full") return "";
  return profile == "standard" ? "full" : "standard";
}

}  // namespace

std::string left_out_text(const RunRecord& run, const std::string& scenario, const std::string& label, const Axes& at) {
  const Scenario* found = find_scenario(run, scenario);
  const bool is_known = found != nullptr && found->cases.contains(label);
  const CasePattern pattern = is_known ? filled(found->cases.at(label), at) : CasePattern{scenario, label, {}};
  const Asked asked = is_asked(run, scenario + ":" + label, pattern);
  const std::string profile = run.plan.profile.empty() ? "the plan" : "the profile " + run.plan.profile;
  const std::string who = asked == Asked::kNo ? "--only" : asked == Asked::kYes ? profile : profile + " or --only";
  const std::string fuller = fuller_than(run.plan.profile);
  std::string text = fmt::format("not measured in this run: {} leaves out {}", who, case_text(pattern));
  if (asked == Asked::kNo) return text + "; a run without --only measures it";
  if (fuller.empty()) return text;
  return text +
         fmt::format("; the profile {}{} measures it", fuller, asked == Asked::kPerhaps ? " without --only" : "");
}

}  // namespace unitcost
