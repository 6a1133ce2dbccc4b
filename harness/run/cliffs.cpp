#include "harness/run/cliffs.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>

#include "harness/stats/hierarchy.hpp"

namespace unitcost {
namespace {

constexpr const char* kCommonCurve = "memory/cache_cliffs";
constexpr std::uint64_t kPastFirstCaches = std::uint64_t{1} << 20U;  // no first cache of today is half as large

std::uint64_t number_or_zero(const std::string& text) {
  std::uint64_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

/// The program's own cost ("access_ns") where it reports one, else the time of an iteration.
double cost_of(const Block& block) {
  for (const auto& [counter, values] : block.samples) {
    if (counter != "real_ns" && counter.ends_with("_ns") && !values.empty()) return values.front();
  }
  const auto real = block.samples.find("real_ns");
  return real == block.samples.end() || real->second.empty() ? 0.0 : real->second.front();
}

/// Of a case that round 0 ran more than once: a disturbed block is dearer, never cheaper, and would be taken for a cliff.
std::optional<double> least_cost(const std::vector<Block>& blocks) {
  std::optional<double> least;
  for (const Block& block : blocks) {
    if (block.outcome == Outcome::kMeasured) least = std::min(least.value_or(cost_of(block)), cost_of(block));
  }
  return least;
}

std::vector<CurvePoint> curve_of(const Plan& plan, const Ledger& ledger, const std::string& scenario,
                                 const std::string& label, const std::string& axis) {
  std::vector<CurvePoint> curve;
  for (const LabelledCase& labelled : plan.labels) {
    const auto text = labelled.axes.find(axis);
    if (labelled.scenario != scenario || labelled.label != label || text == labelled.axes.end()) continue;
    const std::uint64_t bytes = number_or_zero(text->second);
    const std::optional<double> cost = least_cost(ledger.round_zero(labelled.key));
    if (bytes != 0 && cost) curve.push_back({bytes, *cost, *cost, *cost, {}});
  }
  std::sort(curve.begin(), curve.end(), [](const CurvePoint& a, const CurvePoint& b) { return a.bytes < b.bytes; });
  return curve;
}

std::vector<std::uint64_t> cliffs_of(const std::vector<CurvePoint>& curve) {
  std::vector<std::uint64_t> sizes;
  if (curve.empty()) return sizes;
  for (const Cliff& cliff : find_hierarchy(curve).cliffs) {
    const auto crossing = static_cast<std::uint64_t>(std::llround(std::max(0.0, cliff.crossing_bytes)));
    if (const std::uint64_t bytes = cliff.bytes != 0 ? cliff.bytes : crossing; bytes != 0) sizes.push_back(bytes);
  }
  return sizes;
}

/// Whether analysis may ask for this case of its label: of the sizes of a sweep a position takes one.
bool may_be_meant(const LabelledCase& labelled, const At& at) {
  return std::ranges::all_of(at, [&](const auto& place) {
    const auto text = labelled.axes.find(place.first);
    if (text == labelled.axes.end()) return true;
    const std::uint64_t size = number_or_zero(text->second);
    if (const auto* number = std::get_if<std::uint64_t>(&place.second)) return size == *number;
    return std::get<std::string>(place.second) != "half-first-cache" || size < kPastFirstCaches;
  });
}

}  // namespace

std::map<std::string, std::vector<std::uint64_t>> find_cliffs(const std::vector<Scenario>& scenarios, const Plan& plan,
                                                              const Ledger& ledger) {
  std::map<std::string, std::vector<std::uint64_t>> found;
  std::vector<std::uint64_t> common;
  for (const Scenario& scenario : scenarios) {
    for (const auto& [name, axis] : scenario.axes) {
      if (axis.near_cliffs == 0 || axis.cliff_case.empty()) continue;
      const auto sizes = cliffs_of(curve_of(plan, ledger, scenario.id, axis.cliff_case, name));
      found[scenario.id + ":" + name] = sizes;
      if (scenario.id == kCommonCurve) common = sizes;
    }
  }
  for (const Scenario& scenario : scenarios) {
    for (const auto& [name, axis] : scenario.axes) {
      if (axis.near_cliffs != 0 && axis.cliff_case.empty()) found[scenario.id + ":" + name] = common;
    }
  }
  return found;
}

std::set<std::string> cases_of_guards(const std::vector<Scenario>& scenarios, const Plan& plan) {
  std::set<std::string> keys;
  const auto add = [&](const std::string& scenario, const Metric& metric) {
    for (const LabelledCase& labelled : plan.labels) {
      const bool is_named = labelled.scenario == scenario && std::ranges::count(metric.cases, labelled.label) != 0;
      if (is_named && may_be_meant(labelled, metric.at)) keys.insert(labelled.key);
    }
  };
  for (const Scenario& scenario : scenarios) {
    for (const Claim& claim : scenario.claims) {
      if (claim.control) add(scenario.id, claim.control->metric);
      if (claim.ceiling) add(scenario.id, claim.ceiling->metric);
    }
  }
  return keys;
}

std::set<std::string> cases_of_cliff_curves(const std::vector<Scenario>& scenarios, const Plan& plan) {
  std::set<std::string> keys;
  for (const Scenario& scenario : scenarios) {
    for (const auto& [name, axis] : scenario.axes) {
      for (const LabelledCase& labelled : plan.labels) {
        const bool on_curve =
            !axis.cliff_case.empty() && labelled.scenario == scenario.id && labelled.label == axis.cliff_case;
        if (on_curve) keys.insert(labelled.key);
      }
    }
  }
  return keys;
}

}  // namespace unitcost
