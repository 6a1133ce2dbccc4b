#include "harness/stats/power.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <limits>

#include "harness/stats/estimate.hpp"
#include "harness/stats/order_statistics.hpp"
#include "harness/stats/random.hpp"
#include "harness/stats/signed_rank.hpp"
#include "harness/stats/spread.hpp"

namespace unitcost {
namespace {

constexpr int kTrials = 2000;
constexpr int kLargestSimulated = 64;  // beyond it everything shrinks with the root of the count, as if the spread did
constexpr std::uint64_t kSeed = 7;

/// The effect, in units of the spread, from which the rank sum of `values` reaches `critical_sum`. The rank sum counts the means of two values (one may be
/// taken twice) that lie above zero (Walsh; Hollander and Wolfe 1973).
double shift_to_reach(const std::vector<double>& values, int critical_sum) {
  std::vector<double> means;
  for (std::size_t i = 0; i < values.size(); ++i) {
    for (std::size_t j = i; j < values.size(); ++j) means.push_back(0.5 * (values[i] + values[j]));
  }
  if (static_cast<std::size_t>(critical_sum) > means.size()) return std::numeric_limits<double>::infinity();
  const auto nth = means.begin() + (critical_sum - 1);
  std::nth_element(means.begin(), nth, means.end(), std::greater<>());
  return -*nth;
}

}  // namespace

const std::vector<PowerTable::Trial>& PowerTable::trials(int pairs, double level) {
  auto& trials = trials_[{pairs, level}];
  if (!trials.empty()) return trials;
  Random random(kSeed);
  const int critical_sum = critical_rank_sum(pairs, level);
  const std::vector<double> zeros(static_cast<std::size_t>(pairs), 0.0);
  std::vector<double> values = zeros;
  const auto draw = [&] {
    for (double& value : values) value = random.normal();
    return estimate_difference(values, zeros);
  };
  for (int trial = 0; trial < kTrials; ++trial) {
    const Estimate control = draw();
    const Estimate duel = draw();
    trials.push_back(
        {-duel.low, shift_to_reach(values, critical_sum), std::max(std::abs(control.low), std::abs(control.high))});
  }
  return trials;
}

const std::vector<double>& PowerTable::estimated_spreads(int values) {
  auto& spreads = spreads_[values];
  if (!spreads.empty()) return spreads;
  if (values == 0) return spreads = std::vector<double>(kTrials, 1.0);
  Random random(kSeed + 1);
  std::vector<double> drawn(static_cast<std::size_t>(values));
  for (int trial = 0; trial < kTrials; ++trial) {
    for (double& value : drawn) value = random.normal();
    spreads.push_back(robust_sd(drawn));
  }
  return spreads;
}

/// Each trial has a true spread of its own, one from which the estimate could have come.
std::vector<double> PowerTable::least_effects(int pairs, double sd, const FindingRule& rule) {
  if (pairs > kLargestSimulated)
    return least_effects(kLargestSimulated, sd * std::sqrt(static_cast<double>(kLargestSimulated) / pairs), rule);
  const std::vector<double>& spreads = estimated_spreads(rule.sd_from);
  std::vector<double> effects;
  for (const Trial& trial : trials(pairs, rule.level)) {
    const double true_sd = sd / spreads[effects.size()];
    const double margin = rule.has_control ? std::max(rule.margin, true_sd * trial.control) : rule.margin;
    effects.push_back(std::max(margin + true_sd * trial.interval, true_sd * trial.test));
  }
  return effects;
}

/// What suffices in nine of ten trials is found in nine of ten comparisons.
double PowerTable::smallest_visible_effect(int pairs, double sd, const FindingRule& rule) {
  if (pairs < kLeastBlocks) return std::numeric_limits<double>::infinity();
  std::vector<double> effects = least_effects(pairs, sd, rule);
  const auto nth = effects.begin() + static_cast<std::ptrdiff_t>(std::ceil(kWantedPower * kTrials)) - 1;
  std::nth_element(effects.begin(), nth, effects.end());
  return std::max(*nth, rule.margin);
}

double PowerTable::share_found(int pairs, double effect, double sd, const FindingRule& rule) {
  if (pairs < kLeastBlocks || effect <= rule.margin) return 0.0;
  const std::vector<double> effects = least_effects(pairs, sd, rule);
  const auto found = std::ranges::count_if(effects, [effect](double least) { return least <= effect; });
  return static_cast<double>(found) / kTrials;
}

std::optional<int> PowerTable::pairs_needed(double effect, double sd, const FindingRule& rule) {
  const auto suffice = [&](int pairs) { return smallest_visible_effect(pairs, sd, rule) <= effect; };
  if (effect <= rule.margin || !suffice(kMostPairs)) return std::nullopt;
  for (int pairs = kLeastGatedPairs; pairs <= kLargestSimulated; pairs += 2) {
    if (suffice(pairs)) return pairs;
  }
  int too_few = kLargestSimulated;
  int enough = kMostPairs;
  while (enough - too_few > 2) {
    const int middle = (too_few + enough) / 4 * 2;
    (suffice(middle) ? enough : too_few) = middle;
  }
  return enough;
}

}  // namespace unitcost
