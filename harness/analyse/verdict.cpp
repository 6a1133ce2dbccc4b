#include "harness/analyse/verdict.hpp"

#include <algorithm>

#include "harness/stats/order_statistics.hpp"

namespace unitcost {

std::string verdict_text(Verdict verdict) {
  switch (verdict) {
    case Verdict::kHolds:
      return "holds";
    case Verdict::kHoldsInPart:
      return "holds in part";
    case Verdict::kRefuted:
      return "refuted";
    case Verdict::kReported:
      return "reported";
    case Verdict::kUndecided:
      return "undecided";
    case Verdict::kNotMeasurable:
      return "not measurable";
  }
  return "undecided";
}

namespace {

/// What `shares` equal shares gain on so many CPUs: as many as there are, divided by those of the busiest CPU. 1 for none.
double gain_of_shares(int shares, int cpus) {
  if (shares == 0) return 1.0;
  const int of_the_busiest = (shares + cpus - 1) / cpus;
  return static_cast<double>(shares) / of_the_busiest;
}

}  // namespace

Edges edges_of(const Expectation& expectation, int cpus) {
  const double factor = gain_of_shares(expectation.times_cpus_up_to, std::max(cpus, 1));
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
  const auto has = [&](Verdict wanted) { return std::ranges::find(verdicts, wanted) != verdicts.end(); };
  const bool any_judged = has(Verdict::kHolds) || has(Verdict::kHoldsInPart) || has(Verdict::kRefuted);
  if (!any_judged)
    return has(Verdict::kReported)    ? Verdict::kReported
           : has(Verdict::kUndecided) ? Verdict::kUndecided
                                      : Verdict::kNotMeasurable;
  const bool any_against = has(Verdict::kHoldsInPart) || has(Verdict::kUndecided);
  if (!has(Verdict::kRefuted) && !any_against) return Verdict::kHolds;
  if (has(Verdict::kHolds) || has(Verdict::kHoldsInPart)) return Verdict::kHoldsInPart;
  return has(Verdict::kUndecided) ? Verdict::kUndecided : Verdict::kRefuted;
}

}  // namespace unitcost
