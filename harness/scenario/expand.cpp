#include "harness/scenario/expand.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "harness/base/error.hpp"
#include "harness/base/prefixes.hpp"
#include "harness/scenario/sections.hpp"

namespace unitcost {
namespace {

// A mistyped pair of axes must not fill the memory; the densest scenario of ours has some hundreds.
constexpr std::size_t kMostCasesOfALabel = 100'000;

using Point = std::map<std::string, std::string>;

/// Every combination of the axes' values, the last axis varying fastest.
std::vector<Point> points(const Scenario& scenario, const std::string& label, const ExpandOptions& options) {
  std::vector<Point> result{{}};
  for (const std::string& axis : axes_of(scenario, label)) {
    const std::vector<std::string> values = axis_values(scenario, axis, options);
    if (result.size() * values.size() > kMostCasesOfALabel) {
      throw BadInput(
          fmt::format("{}: case '{}' expands to more than {} cases", scenario.id, label, kMostCasesOfALabel));
    }
    std::vector<Point> longer;
    longer.reserve(result.size() * values.size());
    for (const Point& point : result) {
      for (const std::string& value : values) {
        longer.push_back(point);
        longer.back()[axis] = value;
      }
    }
    result = std::move(longer);
  }
  return result;
}

std::string filled(std::string_view pattern, const Point& point) {
  std::string name;
  while (true) {
    const std::size_t open = pattern.find('{');
    if (open == std::string_view::npos) return name.append(pattern);
    const std::size_t close = pattern.find('}', open);
    name.append(pattern.substr(0, open));
    name.append(point.at(std::string(pattern.substr(open + 1, close - open - 1))));
    pattern.remove_prefix(close + 1);
  }
}

std::uint64_t memory_of(const RunSettings& run, const Point& point) {
  const auto axis = point.find(run.memory_axis);
  double bytes = static_cast<double>(run.memory_extra_bytes);
  if (axis != point.end()) bytes += run.memory_factor * std::stod(axis->second);
  constexpr double kMost = 9e18;
  return static_cast<std::uint64_t>(std::min(std::ceil(bytes), kMost));
}

bool left_out(const std::string& key, const Profile* profile) {
  return profile != nullptr && starts_with_any(key, profile->leave_out);
}

}  // namespace

std::string key_of(const CasePattern& pattern) {
  return pattern.program + ":" + pattern.name + (pattern.observe == Observe::kSyscalls ? "#syscalls" : "");
}

bool may_start_with(const CasePattern& pattern, const std::string& prefix) {
  const std::string key = key_of(pattern);
  const std::string fixed = key.substr(0, key.find('{'));
  return fixed.starts_with(prefix) || (fixed.size() < key.size() && prefix.starts_with(fixed));
}

std::string key_of(const Expansion& expansion) {
  return key_of(CasePattern{expansion.program, expansion.name, expansion.observe});
}

std::vector<Expansion> expand(const Scenario& scenario, const ExpandOptions& options) {
  std::vector<Expansion> result;
  for (const std::string& label : scenario.case_order) {
    const CasePattern& pattern = scenario.cases.at(label);
    const auto own = scenario.run_by_label.find(label);
    const RunSettings& run = own == scenario.run_by_label.end() ? scenario.run : own->second;
    for (Point& point : points(scenario, label, options)) {
      Expansion one;
      one.scenario = scenario.id;
      one.label = label;
      one.program = pattern.program;
      one.name = filled(pattern.name, point);
      one.observe = pattern.observe;
      one.run = run;
      one.memory_bytes = memory_of(run, point);
      one.axes = std::move(point);
      if (!left_out(key_of(one), options.profile)) result.push_back(std::move(one));
    }
  }
  return result;
}

}  // namespace unitcost
