#include "harness/run/cliffs.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <utility>

#include "harness/stats/hierarchy.hpp"

namespace unitcost {
namespace {

constexpr const char* kCommonCurve = "memory/cache_cliffs";

/// The program's own cost ("access_ns") where it reports one, else the time of an iteration.
double cost_of(const Block& block) {
  for (const auto& [counter, values] : block.samples) {
    if (counter != "real_ns" && counter.ends_with("_ns") && !values.empty()) return values.front();
  }
  const auto real = block.samples.find("real_ns");
  return real == block.samples.end() || real->second.empty() ? 0.0 : real->second.front();
}

std::vector<CurvePoint> curve_of(const Plan& plan, const Ledger& ledger, const std::string& scenario,
                                 const std::string& label, const std::string& axis) {
  std::vector<CurvePoint> curve;
  for (const LabelledCase& labelled : plan.labels) {
    const auto text = labelled.axes.find(axis);
    if (labelled.scenario != scenario || labelled.label != label || text == labelled.axes.end()) continue;
    const auto& blocks = ledger.round_zero(labelled.key);
    std::uint64_t bytes = 0;
    std::from_chars(text->second.data(), text->second.data() + text->second.size(), bytes);
    if (bytes == 0 || blocks.empty() || blocks.front().outcome != Outcome::kMeasured) continue;
    const double cost = cost_of(blocks.front());
    curve.push_back({bytes, cost, cost, cost, {}});
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
  std::set<std::pair<std::string, std::string>> labels;
  for (const Scenario& scenario : scenarios) {
    for (const Claim& claim : scenario.claims) {
      for (const auto* guard : {&claim.control, &claim.ceiling}) {
        if (!guard->has_value()) continue;
        for (const std::string& label : (*guard)->metric.cases) labels.emplace(scenario.id, label);
      }
    }
  }
  std::set<std::string> keys;
  for (const LabelledCase& labelled : plan.labels) {
    if (labels.contains({labelled.scenario, labelled.label})) keys.insert(labelled.key);
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
