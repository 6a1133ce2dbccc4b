#pragma once
// How much the pairs of each case scatter where a build meets its own copy, over all such duels.
#include <string>
#include <vector>

#include "harness/honesty/digest_duel.hpp"

namespace unitcost {

struct CaseSpread {
  std::string key;
  double sd = 0.0;          ///< robust, of the pairs' log-ratios, of all duels around their own medians
  std::vector<double> sds;  ///< of the pairs of each duel alone: a machine is noisier at some times than at others
};

/// By case, the smallest spread first.
std::vector<CaseSpread> spreads_of(const std::vector<DuelDigest>& same);

/// Of values that ascend; the value below which `share` of them lie, between two in proportion. NaN for none.
double quantile_of_sorted(const std::vector<double>& sorted, double share);

}  // namespace unitcost
