#include "harness/stats/estimate.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>
#include <utility>

#include "harness/stats/order_statistics.hpp"

namespace unitcost {
namespace {

constexpr double kLargestLag1 = 0.9;  // one series cannot tell a longer memory from drift

/// Ranks from 0; equal values share the mean of their ranks.
std::vector<double> ranks_of(const std::vector<double>& values) {
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, {}, [&](std::size_t index) { return values[index]; });
  std::vector<double> ranks(values.size());
  for (std::size_t begin = 0; begin < order.size();) {
    std::size_t end = begin + 1;
    while (end < order.size() && values[order[end]] == values[order[begin]]) ++end;
    for (std::size_t at = begin; at < end; ++at) ranks[order[at]] = static_cast<double>(begin + end - 1) / 2.0;
    begin = end;
  }
  return ranks;
}

double widening_factor(double lag1, int n) {
  const double r = std::min(lag1, kLargestLag1);
  const double n_over_effective = (1.0 + r) / (1.0 - r);
  // The ranks often cover more than was asked for: 99.2 % at n = 8. What they have to spare need not be widened again.
  const double needed_over_given = kWantedDeviations / median_ranks(n).deviations;
  return std::max(1.0, std::sqrt(n_over_effective) * (1.0 + 5.0 / n) * needed_over_given);
}

Estimate exponentiated(Estimate logarithms) {
  for (double* number : {&logarithms.value, &logarithms.low, &logarithms.high, &logarithms.minimum})
    *number = std::exp(*number);
  return logarithms;
}

Estimate estimate_in_place(const std::vector<double>& blocks) {
  Estimate estimate;
  estimate.n = static_cast<int>(blocks.size());
  if (blocks.empty()) return estimate;
  std::vector<double> sorted = blocks;
  std::ranges::sort(sorted);
  const MedianRanks ranks = median_ranks(estimate.n);
  estimate.value = median(sorted);
  estimate.low = sorted[static_cast<std::size_t>(ranks.rank) - 1];
  estimate.high = sorted[sorted.size() - static_cast<std::size_t>(ranks.rank)];
  estimate.minimum = sorted.front();
  estimate.coverage = ranks.coverage;
  estimate.lag1 = lag1_correlation(blocks);
  if (estimate.lag1 > kLag1Flag) {
    const double factor = widening_factor(estimate.lag1, estimate.n);
    estimate.low = estimate.value - (estimate.value - estimate.low) * factor;
    estimate.high = estimate.value + (estimate.high - estimate.value) * factor;
    estimate.widened = true;
  }
  return estimate;
}

}  // namespace

double lag1_correlation(const std::vector<double>& values) {
  if (values.size() < 4) return std::numeric_limits<double>::quiet_NaN();
  const std::vector<double> ranks = ranks_of(values);
  const double n = static_cast<double>(ranks.size());
  const double mean = (n - 1.0) / 2.0;
  double neighbours = 0.0;
  double squares = 0.0;
  for (std::size_t i = 0; i < ranks.size(); ++i) {
    squares += (ranks[i] - mean) * (ranks[i] - mean);
    if (i + 1 < ranks.size()) neighbours += (ranks[i] - mean) * (ranks[i + 1] - mean);
  }
  if (squares == 0.0) return std::numeric_limits<double>::quiet_NaN();
  return neighbours / squares + 1.0 / n;
}

Estimate estimate_median(const std::vector<double>& blocks) {
  Estimate estimate = estimate_in_place(blocks);
  if (!estimate.widened || estimate.minimum <= 0.0) return estimate;
  // Widened in logarithms a cost stays above zero. The median of an even count is not that of the logarithms: it is kept.
  const double factor = widening_factor(estimate.lag1, estimate.n);
  std::vector<double> sorted = blocks;
  std::ranges::sort(sorted);
  const auto rank = static_cast<std::size_t>(median_ranks(estimate.n).rank);
  estimate.low = estimate.value * std::pow(sorted[rank - 1] / estimate.value, factor);
  estimate.high = estimate.value * std::pow(sorted[sorted.size() - rank] / estimate.value, factor);
  return estimate;
}

Estimate estimate_ratio(const std::vector<double>& numerator, const std::vector<double>& denominator) {
  std::vector<double> logarithms;
  for (std::size_t round = 0; round < std::min(numerator.size(), denominator.size()); ++round) {
    if (numerator[round] > 0.0 && denominator[round] > 0.0)
      logarithms.push_back(std::log(numerator[round] / denominator[round]));
  }
  return logarithms.empty() ? Estimate{} : exponentiated(estimate_in_place(logarithms));
}

Estimate estimate_difference(const std::vector<double>& more, const std::vector<double>& less) {
  std::vector<double> differences;
  for (std::size_t round = 0; round < std::min(more.size(), less.size()); ++round) {
    const double difference = more[round] - less[round];
    if (!std::isnan(difference)) differences.push_back(difference);
  }
  return estimate_in_place(differences);
}

Estimate scaled(Estimate estimate, double factor) {
  for (double* number : {&estimate.value, &estimate.low, &estimate.high, &estimate.minimum}) *number *= factor;
  if (factor < 0.0) std::swap(estimate.low, estimate.high);
  return estimate;
}

}  // namespace unitcost
