#include "harness/stats/power.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <limits>

#include "harness/stats/order_statistics.hpp"
#include "harness/stats/random.hpp"
#include "harness/stats/signed_rank.hpp"

namespace unitcost {
namespace {

constexpr int kTrials = 2000;
constexpr int kLargestSimulated = 64;  // beyond it the excess over the margin shrinks with the root of the count
constexpr std::uint64_t kSeed = 7;

/// The effect, in units of the spread, from which the rank sum of `sorted` reaches `critical_sum`. The rank sum counts the means of two values (one may be
/// taken twice) that lie above zero (Walsh; Hollander and Wolfe 1973).
double shift_to_reach(const std::vector<double>& sorted, int critical_sum) {
  std::vector<double> means;
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    for (std::size_t j = i; j < sorted.size(); ++j) means.push_back(0.5 * (sorted[i] + sorted[j]));
  }
  if (static_cast<std::size_t>(critical_sum) > means.size()) return std::numeric_limits<double>::infinity();
  const auto nth = means.begin() + (critical_sum - 1);
  std::nth_element(means.begin(), nth, means.end(), std::greater<>());
  return -*nth;
}

}  // namespace

const std::vector<PowerTable::Thresholds>& PowerTable::thresholds(int pairs, double level) {
  auto& trials = simulated_[{pairs, level}];
  if (!trials.empty()) return trials;
  Random random(kSeed);
  const int critical_sum = critical_rank_sum(pairs, level);
  const auto low_rank = static_cast<std::size_t>(median_ranks(pairs).rank) - 1;
  std::vector<double> values(static_cast<std::size_t>(pairs));
  for (int trial = 0; trial < kTrials; ++trial) {
    for (double& value : values) value = random.normal();
    std::ranges::sort(values);
    trials.push_back({-values[low_rank], shift_to_reach(values, critical_sum)});
  }
  return trials;
}

double PowerTable::smallest_visible_effect(int pairs, double sd, const FindingRule& rule) {
  if (pairs < kLeastBlocks) return std::numeric_limits<double>::infinity();
  if (pairs > kLargestSimulated) {
    const double excess = smallest_visible_effect(kLargestSimulated, sd, rule) - rule.margin;
    return rule.margin + excess * std::sqrt(static_cast<double>(kLargestSimulated) / pairs);
  }
  std::vector<double> effects;
  for (const Thresholds& trial : thresholds(pairs, rule.level))
    effects.push_back(std::max(rule.margin + sd * trial.interval, sd * trial.test));
  const auto nth = effects.begin() + static_cast<std::ptrdiff_t>(std::ceil(kWantedPower * kTrials)) - 1;
  std::nth_element(effects.begin(), nth, effects.end());
  return std::max(*nth, rule.margin);
}

std::optional<int> PowerTable::pairs_needed(double effect, double sd, const FindingRule& rule) {
  for (int pairs = kLeastGatedPairs; pairs <= kLargestSimulated; pairs += 2) {
    if (smallest_visible_effect(pairs, sd, rule) <= effect) return pairs;
  }
  const double excess = smallest_visible_effect(kLargestSimulated, sd, rule) - rule.margin;
  if (effect <= rule.margin || !std::isfinite(excess)) return std::nullopt;
  const double root = excess / (effect - rule.margin);
  const double pairs = std::ceil(kLargestSimulated * root * root / 2.0) * 2.0;
  if (pairs > kMostPairs) return std::nullopt;
  return static_cast<int>(pairs);
}

}  // namespace unitcost
