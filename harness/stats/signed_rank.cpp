#include "harness/stats/signed_rank.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace unitcost {
namespace {

struct RankedValue {
  double size;  ///< absolute
  bool positive;
};

/// Twice the ranks, so that shared ones are whole numbers too.
struct TwiceRanks {
  std::vector<std::size_t> of_all_signed;
  std::size_t positive_sum = 0;
};

TwiceRanks twice_ranks(const std::vector<double>& differences) {
  std::vector<RankedValue> values;
  for (const double difference : differences) values.push_back({std::abs(difference), difference > 0.0});
  std::ranges::sort(values, {}, &RankedValue::size);
  TwiceRanks ranks;
  for (std::size_t begin = 0; begin < values.size();) {
    std::size_t end = begin + 1;
    while (end < values.size() && values[end].size == values[begin].size) ++end;
    const std::size_t shared = begin + 1 + end;  // twice the mean of begin + 1 … end
    for (std::size_t at = begin; at < end && values[begin].size > 0.0; ++at) {
      ranks.of_all_signed.push_back(shared);
      if (values[at].positive) ranks.positive_sum += shared;
    }
    begin = end;
  }
  return ranks;
}

/// P(sum <= least) of the sum over `ranks`, each of which counts with probability one half.
double probability_of_at_most(std::size_t least, const std::vector<std::size_t>& ranks) {
  std::vector<double> probability(least + 1, 0.0);
  probability[0] = 1.0;
  for (const std::size_t rank : ranks) {
    for (std::size_t sum = least + 1; sum-- > 0;) {
      const double without = 0.5 * probability[sum];
      probability[sum] = sum >= rank ? without + 0.5 * probability[sum - rank] : without;
    }
  }
  double total = 0.0;
  for (const double one : probability) total += one;
  return total;
}

}  // namespace

SignedRank signed_rank_test(const std::vector<double>& differences) {
  const TwiceRanks ranks = twice_ranks(differences);
  SignedRank result;
  result.n = static_cast<int>(ranks.of_all_signed.size());
  if (result.n == 0) return result;
  std::size_t all = 0;
  for (const std::size_t rank : ranks.of_all_signed) all += rank;
  result.positive_sum = 0.5 * static_cast<double>(ranks.positive_sum);
  // The distribution is symmetric: the smaller of the two sums is as unlikely as the larger one.
  const std::size_t smaller = std::min(ranks.positive_sum, all - ranks.positive_sum);
  result.p = std::min(1.0, 2.0 * probability_of_at_most(smaller, ranks.of_all_signed));
  return result;
}

double least_signed_rank_p(int n) { return std::min(1.0, std::ldexp(1.0, 1 - n)); }

}  // namespace unitcost
