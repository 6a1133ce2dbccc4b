#pragma once
#include <vector>

namespace unitcost {

/// Jain's fairness index (Jain, Chiu & Hawe 1984): 1 when all shares are equal, 1/n when one of n has everything, 0 when nobody has anything.
inline double jain_index(const std::vector<double>& shares) {
  double sum = 0.0;
  double squares = 0.0;
  for (const double share : shares) {
    sum += share;
    squares += share * share;
  }
  return squares > 0.0 ? sum * sum / (static_cast<double>(shares.size()) * squares) : 0.0;
}

}  // namespace unitcost
