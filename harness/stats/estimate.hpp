#pragma once
// Value and interval of a case or of a ratio of two cases, from independent blocks (docs/method.md; docs/levels.md, "Correlated blocks").
#include <limits>
#include <vector>

namespace unitcost {

/// All numbers are NaN when there is no block.
struct Estimate {
  double value = std::numeric_limits<double>::quiet_NaN();  ///< median of the blocks
  double low = std::numeric_limits<double>::quiet_NaN();    ///< order-statistic interval of the median
  double high = std::numeric_limits<double>::quiet_NaN();
  double minimum = std::numeric_limits<double>::quiet_NaN();
  double coverage = 0.0;  ///< real coverage of [low, high] for independent blocks; under 0.95 where n < 6
  int n = 0;              ///< blocks, or rounds with both sides
  double lag1 = std::numeric_limits<
      double>::quiet_NaN();  ///< lag-1 correlation of neighbouring blocks; NaN below 4 blocks or when all are equal
  bool widened = false;      ///< lag1 > 0.2: the interval is widened by the effective number of blocks
};

constexpr double kLag1Flag = 0.2;

/// Lag-1 correlation of the ranks (a spike counts as one value) plus 1/n, which is how far below 0 it lies on average when the values are
/// independent. NaN for fewer than 4 values and for equal ones.
double lag1_correlation(const std::vector<double>& values);

/// `blocks` in the order of measurement, without NaN. The interval is that of median_ranks(). When lag1_correlation is above 0.2 its ends
/// move away from the median by sqrt(n / n_eff) (1 + 5/n) z / z_n, at least 1: n_eff = n (1 - r)/(1 + r); 5/n pays for not knowing r; z / z_n
/// is what the wanted coverage needs over what the ranks give, in deviations of a normal distribution. In logarithms if all values are positive.
/// Coverage by simulation (tests/harness/stats): independent blocks at least 95 % at every n from 6 to 40 with and without widening;
/// first-order correlated ones at least 93 % up to r = 0.3 and at least 92 % at r = 0.4, at every n.
Estimate estimate_median(const std::vector<double>& blocks);

/// Median of the paired ratios numerator/denominator by round, in logarithms. Both are by round, of one length; a round in which a side is
/// NaN or not positive is dropped.
Estimate estimate_ratio(const std::vector<double>& numerator, const std::vector<double>& denominator);

/// The same of numerator - denominator.
Estimate estimate_difference(const std::vector<double>& more, const std::vector<double>& less);

/// Multiplied by a constant; a negative one swaps the ends.
Estimate scaled(Estimate estimate, double factor);

}  // namespace unitcost
