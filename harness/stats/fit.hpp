#pragma once
// Least-squares fits with relative weights: every point counts by its relative deviation, so the expensive end does not drown the cheap one.
#include <vector>

#include "harness/stats/estimate.hpp"

namespace unitcost {

/// y = a/x + b.
struct InverseFit {
  double a = 0.0;
  double b = 0.0;
  [[nodiscard]] double at(double x) const { return a / x + b; }
};

/// `x` and `y` positive, at least 3 points with different x; else NaN.
InverseFit fit_inverse(const std::vector<double>& x, const std::vector<double>& y);

/// Slope of y = s x + t with relative weights. At least 2 points with different x, y positive; else NaN.
double fit_slope(const std::vector<double>& x, const std::vector<double>& y);

/// Slope over the upper half of the points / slope over the lower half, one number: at least 3 points, x ascending; with an odd count the
/// halves share the middle point. NaN when a half has no slope.
double linearity(const std::vector<double>& x, const std::vector<double>& y);

}  // namespace unitcost
