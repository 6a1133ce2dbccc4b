#pragma once
// Levels that are only ever seen against each other, two at a time: link orders of a program in pairs. Least squares with Huber's weights (Huber 1981), so that a
// few spikes among the pairs do not count for much.
#include <limits>
#include <vector>

namespace unitcost {

/// `difference` is that of level b over level a (a log-ratio), with noise. Levels are any numbers.
struct LevelPair {
  int a = 0;
  int b = 0;
  double difference = 0.0;
};

constexpr int kLeastFreePairs = 5;  ///< more pairs than levels, or nothing is said

struct PairedLevels {
  int levels = 0;
  int pairs = 0;
  double noise_sd = std::numeric_limits<double>::quiet_NaN();  ///< of a pair whose levels are known
  double sd = std::numeric_limits<double>::quiet_NaN();        ///< between levels, what noise puts there taken off
  double sd_low = std::numeric_limits<double>::quiet_NaN();    ///< about 95 %, for normal levels
  double sd_high = std::numeric_limits<double>::quiet_NaN();
  int lowest = 0;
  int highest = 0;
  double largest = std::numeric_limits<double>::quiet_NaN();  ///< highest level less lowest
  double low =
      std::numeric_limits<double>::quiet_NaN();  ///< 95 % at once over all differences of two levels (Bonferroni)
  double high = std::numeric_limits<double>::quiet_NaN();
  [[nodiscard]] bool is_known() const { return pairs > 0; }
};

/// Not known when there are too few pairs, or some levels were never seen against the others.
PairedLevels paired_levels(const std::vector<LevelPair>& pairs);

}  // namespace unitcost
