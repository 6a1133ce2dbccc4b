#pragma once
// Wilcoxon's signed-rank test (Wilcoxon 1945), exact at every number of values: the distribution of the rank sum is counted, not drawn and not approximated.
#include <vector>

namespace unitcost {

struct SignedRank {
  double p = 1.0;  ///< two-sided; 1 when there is nothing to test
  double p_beyond =
      0.0;  ///< the same of what is strictly more extreme: a number drawn evenly between the two is uniform where nothing differs
  double positive_sum = 0.0;  ///< of the ranks of the positive values
  int n = 0;                  ///< values with a sign
};

/// Tests whether `differences`, independent and symmetric about one centre, have that centre at 0. Equal sizes share the mean of their ranks; zeros take
/// part in the ranking and are then left out (Pratt 1959). The distribution is the exact one given these ranks: every sign is + or - with one half.
/// No value may be NaN or infinite.
SignedRank signed_rank_test(const std::vector<double>& differences);

/// The least two-sided p that `n` values of one sign can reach: 2^(1-n), at most 1. Below it no test of so many values can go.
double least_signed_rank_p(int n);

/// The least sum of the positive ranks of `n` values without ties whose two-sided p is at most `level`; n (n + 1) / 2 + 1 when there is none.
int critical_rank_sum(int n, double level);

}  // namespace unitcost
