#include "harness/analyse/curves.hpp"

#include <algorithm>
#include <iterator>

#include "harness/analyse/axis_value.hpp"

namespace unitcost {
namespace {

bool is_about_curve(const Metric& metric, const std::string& label) {
  const bool is_kind = metric.kind == Metric::Kind::kLevel || metric.kind == Metric::Kind::kCliff ||
                       metric.kind == Metric::Kind::kMonotone;
  return is_kind && !metric.cases.empty() && metric.cases.front() == label;
}

/// The counter by which a scenario reads its cliff curve: as its claims do, else as its figures do, else the first time per operation.
std::string counter_of_curve(const Evidence& evidence, const Scenario& scenario, const std::string& label) {
  for (const auto& claim : scenario.claims) {
    if (is_about_curve(claim.metric, label)) return claim.metric.counter;
  }
  for (const auto& figure : scenario.figures) {
    if (std::ranges::find(figure.cases, label) != figure.cases.end() && figure.y.ends_with("_ns")) return figure.y;
  }
  for (const LabelledCase* labelled : evidence.labelled(scenario.id, label)) {
    const CaseEvidence* found = evidence.find(labelled->key);
    if (found == nullptr) continue;
    for (const auto& counter : found->counters()) {
      if (counter.ends_with("_ns") && counter != "real_ns") return counter;
    }
  }
  return {};
}

}  // namespace

const Curve& Curves::of(const CurveName& name) {
  const auto known = found_.find(name);
  if (known != found_.end()) return known->second;
  Curve curve;
  curve.name = name;
  for (const LabelledCase* labelled : evidence_->labelled(name.scenario, name.label)) {
    const auto axis = labelled->axes.find(name.axis);
    const CaseEvidence* evidence = evidence_->find(labelled->key);
    if (axis == labelled->axes.end() || evidence == nullptr) continue;
    const auto bytes = axis_number(axis->second);
    const Estimate estimate = evidence->estimate(name.counter);
    if (!bytes || estimate.n == 0) continue;
    curve.points.push_back({*bytes, estimate.value, estimate.low, estimate.high, evidence->values(name.counter)});
  }
  std::ranges::stable_sort(curve.points, {}, &CurvePoint::bytes);
  // Other axes of the label: the first case stands for the size. Not std::ranges::unique(), which clang 14 cannot parse in libstdc++ 12.
  const auto same_size = [](const CurvePoint& left, const CurvePoint& right) { return left.bytes == right.bytes; };
  curve.points.erase(std::unique(curve.points.begin(), curve.points.end(), same_size), curve.points.end());
  if (!curve.points.empty()) curve.hierarchy = find_hierarchy(curve.points);
  return found_.emplace(name, std::move(curve)).first->second;
}

const Curve* Curves::of_scenario(const std::string& scenario) {
  const Scenario* own = find_scenario(evidence_->run(), scenario);
  if (own != nullptr) {
    for (const auto& [name, axis] : own->axes) {
      if (!axis.cliff_case.empty())
        return &of({scenario, axis.cliff_case, name, counter_of_curve(*evidence_, *own, axis.cliff_case)});
    }
  }
  return scenario == kHierarchyScenario ? nullptr : of_scenario(kHierarchyScenario);
}

}  // namespace unitcost
