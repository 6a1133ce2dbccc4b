#pragma once
// How far values scatter, whatever a few spikes do.
#include <vector>

namespace unitcost {

/// 1.4826 times the median of the absolute distances from the median: the standard deviation, where the values are normal. NaN for no values.
double robust_sd(const std::vector<double>& values);

/// The same of several groups at once, each around its own median. Empty groups do not count.
double pooled_robust_sd(const std::vector<std::vector<double>>& groups);

}  // namespace unitcost
