#pragma once
// Rules by which two sets of independent values are usually told apart. Pairs are not judged by them: they are here to show what the same numbers say to them.
#include <vector>

namespace unitcost {

/// Mann and Whitney's U (1947) by its normal approximation, with the correction for ties and for continuity: two-sided p; 1 where there is nothing to test.
double mann_whitney_p(const std::vector<double>& a, const std::vector<double>& b);

/// Student's t of two samples with one pooled variance: two-sided p; 1 where either has fewer than two values.
double pooled_t_p(const std::vector<double>& a, const std::vector<double>& b);

/// Student's 95 % interval of a mean.
struct MeanInterval {
  double low = 0.0;
  double high = 0.0;
};
/// At least two values.
MeanInterval mean_interval(const std::vector<double>& values);

}  // namespace unitcost
