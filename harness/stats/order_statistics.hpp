#pragma once
// Median and the exact interval of the median by order statistics (David and Nagaraja 2003, section 7.1): the interval between the
// k-th smallest and the k-th largest of n independent values covers the median with 1 - 2 P(Bin(n, 1/2) < k), whatever the distribution.
#include <span>
#include <vector>

namespace unitcost {

/// Mean of the two middle values when the count is even; NaN for no values. No value may be NaN.
double median(std::vector<double> values);
/// The same, of up to 16 values without asking for memory.
double median_of_few(std::span<const double> values);

/// Which order statistics bound the median: the `rank`-th smallest and the `rank`-th largest (1: minimum and maximum).
struct MedianRanks {
  int rank = 1;
  double deviations = 0.0;  ///< of a normal distribution to either side that cover as much
  double coverage =
      0.0;  ///< real one, as a share; below kWantedCoverage only where n is too small to reach it (n < 6 for 95 %)
};

constexpr double kWantedCoverage = 0.95;
constexpr double kWantedDeviations = 1.959963984540054;  ///< of a normal distribution for kWantedCoverage
constexpr int kLeastBlocks = 6;                          ///< least that give a 95 % interval

/// The largest rank that still covers kWantedCoverage. n >= 1.
MedianRanks median_ranks(int n);

}  // namespace unitcost
