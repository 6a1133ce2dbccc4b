#include "harness/stats/order_statistics.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <limits>

#include <boost/math/distributions/binomial.hpp>
#include <boost/math/distributions/normal.hpp>

namespace unitcost {
namespace {

MedianRanks find_ranks(int n, double wanted) {
  const boost::math::binomial_distribution<double> below_median(n, 0.5);
  const auto coverage_of = [&](int rank) { return 1.0 - 2.0 * boost::math::cdf(below_median, rank - 1); };
  MedianRanks chosen;
  chosen.coverage = coverage_of(1);
  for (int rank = 2; 2 * rank <= n; ++rank) {
    const double coverage = coverage_of(rank);
    if (coverage < wanted) break;
    chosen.rank = rank;
    chosen.coverage = coverage;
  }
  chosen.deviations = boost::math::quantile(boost::math::normal_distribution<double>(), (1.0 + chosen.coverage) / 2.0);
  return chosen;
}

double median_of_sorted(std::span<const double> sorted) {
  if (sorted.empty()) return std::numeric_limits<double>::quiet_NaN();
  const std::size_t middle = sorted.size() / 2;
  if (sorted.size() % 2 == 1) return sorted[middle];
  return sorted[middle - 1] + (sorted[middle] - sorted[middle - 1]) / 2.0;
}

constexpr int kTabulated = 64;  // an analysis asks thousands of times for the same few counts

std::vector<MedianRanks> tabulate() {
  std::vector<MedianRanks> table(1);
  for (int n = 1; n <= kTabulated; ++n) table.push_back(find_ranks(n, kWantedCoverage));
  return table;
}

}  // namespace

double median(std::vector<double> values) {
  std::ranges::sort(values);
  return median_of_sorted(values);
}

double median_of_few(std::span<const double> values) {
  std::array<double, 16> few{};
  if (values.size() > few.size()) return median({values.begin(), values.end()});
  std::size_t count = 0;
  for (const double value : values) {
    std::size_t at = count++;
    for (; at > 0 && value < few[at - 1]; --at) few[at] = few[at - 1];
    few[at] = value;
  }
  return median_of_sorted(std::span(few).first(count));
}

MedianRanks median_ranks(int n) {
  static const std::vector<MedianRanks> kTable = tabulate();
  return n <= kTabulated ? kTable[static_cast<std::size_t>(n)] : find_ranks(n, kWantedCoverage);
}

}  // namespace unitcost
