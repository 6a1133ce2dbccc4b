#include "harness/stats/spread.hpp"

#include <cmath>

#include "harness/stats/order_statistics.hpp"

namespace unitcost {
namespace {
constexpr double kNormalSdPerMad = 1.482602218505602;  // 1 / quantile of the normal distribution at 3/4
}

double robust_sd(const std::vector<double>& values) { return pooled_robust_sd({values}); }

double pooled_robust_sd(const std::vector<std::vector<double>>& groups) {
  std::vector<double> distances;
  for (const std::vector<double>& group : groups) {
    const double centre = median(group);
    for (const double value : group) distances.push_back(std::abs(value - centre));
  }
  return kNormalSdPerMad * median(distances);
}

}  // namespace unitcost
