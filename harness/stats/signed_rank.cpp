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

/// P(sum = 0), P(sum = 1), … P(sum = most) of the sum over `ranks`, each of which counts with probability one half.
std::vector<double> distribution(std::size_t most, const std::vector<std::size_t>& ranks) {
  std::vector<double> probability(most + 1, 0.0);
  probability[0] = 1.0;
  for (const std::size_t rank : ranks) {
    for (std::size_t sum = most + 1; sum-- > 0;) {
      const double without = 0.5 * probability[sum];
      probability[sum] = sum >= rank ? without + 0.5 * probability[sum - rank] : without;
    }
  }
  return probability;
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
  const std::vector<double> probabilities = distribution(smaller, ranks.of_all_signed);
  double beyond = 0.0;
  for (std::size_t sum = 0; sum < smaller; ++sum) beyond += probabilities[sum];
  result.p_beyond = 2.0 * beyond;
  result.p = std::min(1.0, 2.0 * (beyond + probabilities[smaller]));
  return result;
}

double least_signed_rank_p(int n) { return std::min(1.0, std::ldexp(1.0, 1 - n)); }

int critical_rank_sum(int n, double level) {
  std::vector<std::size_t> ranks;
  for (int rank = 1; rank <= n; ++rank) ranks.push_back(static_cast<std::size_t>(rank));
  const int all = n * (n + 1) / 2;
  double tail = 0.0;
  int rejected = 0;  // the distribution is symmetric: counted from below, taken from above
  for (const double probability : distribution(static_cast<std::size_t>(all), ranks)) {
    tail += probability;
    if (2.0 * tail > level) break;
    ++rejected;
  }
  return all - rejected + 1;
}

}  // namespace unitcost
