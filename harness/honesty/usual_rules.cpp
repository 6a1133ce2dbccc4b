#include "harness/honesty/usual_rules.hpp"

#include "harness/stats/order_statistics.hpp"
#include "harness/stats/two_samples.hpp"

namespace unitcost {
namespace {

constexpr double kLevel = 0.05;

Told direction(const RawSlices& slices, bool tells) {
  if (!tells) return Told::kSilent;
  return median(slices.b) >= median(slices.a) ? Told::kSlower : Told::kFaster;
}

}  // namespace

RawSlices raw_slices(const std::vector<const Pair*>& pairs, const std::string& counter) {
  RawSlices slices;
  for (const Pair* pair : pairs) {
    const auto a = pair->slices[kA].find(counter);
    const auto b = pair->slices[kB].find(counter);
    if (a == pair->slices[kA].end() || b == pair->slices[kB].end()) continue;
    slices.a.insert(slices.a.end(), a->second.begin(), a->second.end());
    slices.b.insert(slices.b.end(), b->second.begin(), b->second.end());
  }
  return slices;
}

Told by_u_test(const RawSlices& slices) { return direction(slices, mann_whitney_p(slices.a, slices.b) <= kLevel); }

Told by_pooled_t(const RawSlices& slices) { return direction(slices, pooled_t_p(slices.a, slices.b) <= kLevel); }

Told by_overlap(const RawSlices& slices) {
  if (slices.a.size() < 2 || slices.b.size() < 2) return Told::kSilent;
  const MeanInterval a = mean_interval(slices.a);
  const MeanInterval b = mean_interval(slices.b);
  if (b.low > a.high) return Told::kSlower;
  return b.high < a.low ? Told::kFaster : Told::kSilent;
}

Told by_outcome(const JudgedCase& judged) {
  if (judged.outcome == DuelOutcome::kRegression) return Told::kSlower;
  return judged.outcome == DuelOutcome::kImprovement ? Told::kFaster : Told::kSilent;
}

Told by_control(const JudgedCase& judged) {
  if (!judged.control_fired) return Told::kSilent;
  return judged.control.ratio.value > 1.0 ? Told::kSlower : Told::kFaster;
}

}  // namespace unitcost
