#include "harness/stats/uniform.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace unitcost {
namespace {

/// P(K > lambda) of Kolmogorov's distribution.
double tail_of_kolmogorov(double lambda) {
  if (lambda < 0.2) return 1.0;  // to 12 digits; the series converges slowly there
  double sum = 0.0;
  for (int term = 1; term <= 100; ++term) {
    const double size = std::exp(-2.0 * term * term * lambda * lambda);
    sum += term % 2 == 1 ? size : -size;
    if (size < 1e-16) break;
  }
  return std::clamp(2.0 * sum, 0.0, 1.0);
}

}  // namespace

KolmogorovSmirnov kolmogorov_smirnov(std::vector<double> values) {
  KolmogorovSmirnov result;
  result.n = static_cast<int>(values.size());
  if (values.empty()) return result;
  std::ranges::sort(values);
  const double n = static_cast<double>(values.size());
  for (std::size_t at = 0; at < values.size(); ++at) {
    const double below = static_cast<double>(at) / n;
    const double with = static_cast<double>(at + 1) / n;
    result.distance = std::max({result.distance, with - values[at], values[at] - below});
  }
  const double root = std::sqrt(n);
  result.p = tail_of_kolmogorov((root + 0.12 + 0.11 / root) * result.distance);
  return result;
}

}  // namespace unitcost
