#pragma once
// Metrics over a whole axis: the fit a/x + b and the linearity of a cost.
#include <string>

#include "harness/analyse/metric.hpp"

namespace unitcost {

/// kInverseFit: largest relative deviation of a median from the fit of the medians; its interval is the largest deviation that the points'
/// own intervals leave open around that fit. kLinearity: slope of the upper half / slope of the lower half by round, from `metric.from` on,
/// over the rounds in which every point was measured.
Measured measure_over_axis(const Metric& metric, const std::string& scenario, const Evidence& evidence);

}  // namespace unitcost
