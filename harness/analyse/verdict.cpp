#include "harness/analyse/verdict.hpp"

#include <algorithm>

#include "harness/stats/order_statistics.hpp"

namespace unitcost {

std::string verdict_text(Verdict verdict) {
  switch (verdict) {
    case Verdict::kHolds: return "holds";
    case Verdict::kHoldsInPart: return "holds in part";
    case Verdict::kRefuted: return "refuted";
    case Verdict::kReported: return "reported";
    case Verdict::kUndecided: return "undecided";
    case Verdict::kNotMeasurable: return "not measurable";
  }
  return "undecided";
}

Edges edges_of(const Expectation& expectation, int cpus) {
  const double factor = expectation.times_cpus_up_to == 0 ? 1.0 : static_cast<double>(std::min(expectation.times_cpus_up_to, cpus));
  Edges edges{expectation.low, expectation.high, expectation.strict};
  if (edges.low) *edges.low *= factor;
  if (edges.high) *edges.high *= factor;
  return edges;
}

bool is_inside(double value, const Edges& edges) {
  if (edges.low && (edges.strict ? !(value > *edges.low) : !(value >= *edges.low))) return false;
  return !edges.high || (edges.strict ? value < *edges.high : value <= *edges.high);
}

Verdict judge(const Estimate& estimate, const Edges& edges) {
  if (!edges.low && !edges.high) return Verdict::kReported;
  if (estimate.n == 0 || estimate.coverage < kWantedCoverage) return Verdict::kUndecided;
  if (is_inside(estimate.low, edges) && is_inside(estimate.high, edges)) return Verdict::kHolds;
  const bool is_above = edges.high && !is_inside(estimate.low, {std::nullopt, edges.high, edges.strict});
  const bool is_below = edges.low && !is_inside(estimate.high, {edges.low, std::nullopt, edges.strict});
  return is_above || is_below ? Verdict::kRefuted : Verdict::kUndecided;
}

Verdict combine(const std::vector<Verdict>& verdicts) {
  std::vector<Verdict> judged = verdicts;
  std::erase(judged, Verdict::kNotMeasurable);
  if (judged.empty()) return Verdict::kNotMeasurable;
  std::erase(judged, Verdict::kReported);
  if (judged.empty()) return Verdict::kReported;
  const auto all = [&](Verdict wanted) { return std::ranges::all_of(judged, [&](Verdict verdict) { return verdict == wanted; }); };
  if (all(Verdict::kHolds)) return Verdict::kHolds;
  if (all(Verdict::kRefuted)) return Verdict::kRefuted;
  const bool any_holds = std::ranges::any_of(judged, [](Verdict verdict) { return verdict == Verdict::kHolds || verdict == Verdict::kHoldsInPart; });
  return any_holds ? Verdict::kHoldsInPart : Verdict::kUndecided;
}

}  // namespace unitcost
