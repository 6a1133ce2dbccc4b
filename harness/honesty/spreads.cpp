#include "harness/honesty/spreads.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <utility>

#include "harness/stats/spread.hpp"

namespace unitcost {

std::vector<CaseSpread> spreads_of(const std::vector<DuelDigest>& same) {
  std::map<std::string, std::vector<std::vector<double>>> by_case;
  for (const DuelDigest& duel : same) {
    for (const CaseDigest& one : duel.cases) by_case[one.key].push_back(one.logs);
  }
  std::vector<CaseSpread> spreads;
  for (const auto& [key, logs] : by_case) {
    std::vector<double> sds;
    for (const auto& of_duel : logs) sds.push_back(robust_sd(of_duel));
    spreads.push_back({key, pooled_robust_sd(logs), std::move(sds)});
  }
  std::ranges::stable_sort(spreads, {}, &CaseSpread::sd);
  return spreads;
}

double quantile_of_sorted(const std::vector<double>& sorted, double share) {
  if (sorted.empty()) return std::numeric_limits<double>::quiet_NaN();
  const double place = share * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(place);
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  return std::lerp(sorted[below], sorted[above], place - static_cast<double>(below));
}

}  // namespace unitcost
