#include "harness/analyse/metric_over_axis.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>

#include <fmt/format.h>

#include "harness/analyse/axis_value.hpp"
#include "harness/analyse/left_out.hpp"
#include "harness/analyse/wording.hpp"
#include "harness/stats/fit.hpp"

namespace unitcost {
namespace {

struct AxisPoint {
  double x = 0.0;
  Estimate estimate;
  std::vector<double> by_round;
};

struct AxisPoints {
  std::vector<AxisPoint> points;
  std::string problem;
  Gap gap = Gap::kNotMeasurable;  // why a point is missing; of several reasons a failure
};

bool fits(const LabelledCase& labelled, const At& at) {
  return std::ranges::all_of(at, [&](const auto& entry) {
    const auto own = labelled.axes.find(entry.first);
    if (own == labelled.axes.end()) return true;
    const auto* number = std::get_if<std::uint64_t>(&entry.second);
    return own->second == (number != nullptr ? std::to_string(*number) : std::get<std::string>(entry.second));
  });
}

/// Ascending; what was not measured is left out.
AxisPoints points_of(const Metric& metric, const std::string& scenario, const Evidence& evidence) {
  AxisPoints found;
  const auto labelled_cases = evidence.labelled(scenario, metric.cases.front());
  if (labelled_cases.empty()) {
    found.gap = Gap::kLeftOut;
    found.problem = left_out_text(evidence.run(), scenario, metric.cases.front());
  }
  for (const LabelledCase* labelled : labelled_cases) {
    const auto value = labelled->axes.find(metric.axis);
    const auto number = axis_number(value == labelled->axes.end() ? std::string() : value->second);
    const CaseEvidence* measured = evidence.find(labelled->key);
    if (!number || *number < metric.from || measured == nullptr || !fits(*labelled, metric.at)) continue;
    const Estimate estimate = measured->estimate(metric.counter);
    if (estimate.n > 0) {
      found.points.push_back({static_cast<double>(*number), estimate, measured->values(metric.counter)});
    } else if (measured->failed_blocks > 0) {
      found.problem = fmt::format("{} failed: {}", labelled->key, measured->failure);
      found.gap = Gap::kUndecided;
    } else if (!measured->unmeasurable.empty() && found.gap != Gap::kUndecided) {
      found.problem = measured->unmeasurable;
    }
  }
  std::ranges::stable_sort(found.points, {}, &AxisPoint::x);
  return found;
}

double deviation(double value, double fitted) { return std::abs(value - fitted) / std::abs(fitted); }

Measured measure_inverse_fit(const std::vector<AxisPoint>& points, const std::string& axis) {
  std::vector<double> x;
  std::vector<double> y;
  for (const auto& point : points) {
    x.push_back(point.x);
    y.push_back(point.estimate.value);
  }
  const InverseFit fit = fit_inverse(x, y);
  Measured measured;
  measured.noun = "largest deviation from a/x + b";
  measured.method =
      "least squares with relative weights over the medians; interval from the points' order-statistic intervals";
  if (std::isnan(fit.a)) {
    measured.gap = Gap::kUndecided;
    measured.reason = "the medians allow no fit";
    return measured;
  }
  Estimate& largest = measured.estimate;
  largest = points.front().estimate;
  largest.value = largest.low = largest.high = 0.0;
  for (const auto& point : points) {
    const double fitted = fit.at(point.x);
    const double at_low = deviation(point.estimate.low, fitted);
    const double at_high = deviation(point.estimate.high, fitted);
    const bool holds_fit = point.estimate.low <= fitted && fitted <= point.estimate.high;
    largest.value = std::max(largest.value, deviation(point.estimate.value, fitted));
    largest.low = std::max(largest.low, holds_fit ? 0.0 : std::min(at_low, at_high));
    largest.high = std::max({largest.high, at_low, at_high});
    largest.n = std::min(largest.n, point.estimate.n);
    largest.coverage = std::min(largest.coverage, point.estimate.coverage);
  }
  largest.lag1 = largest.minimum = std::numeric_limits<double>::quiet_NaN();
  largest.widened = false;
  measured.note = fmt::format("a = {}, b = {}, x is the {}", three_digits(fit.a), three_digits(fit.b), spaced(axis));
  return measured;
}

Measured measure_linearity(const std::vector<AxisPoint>& points, const std::string& axis) {
  std::size_t rounds = std::numeric_limits<std::size_t>::max();
  std::vector<double> x;
  for (const auto& point : points) {
    x.push_back(point.x);
    rounds = std::min(rounds, point.by_round.size());
  }
  std::vector<double> ratios;
  for (std::size_t round = 0; round < rounds; ++round) {
    std::vector<double> y;
    for (const auto& point : points) y.push_back(point.by_round[round]);
    const double ratio = linearity(x, y);  // NaN when a point is missing
    if (!std::isnan(ratio)) ratios.push_back(ratio);
  }
  Measured measured;
  measured.noun = "slope of the upper half over slope of the lower half";
  measured.method = "ratio of two least-squares slopes by round, order statistics";
  measured.note = fmt::format("over {} values of {}", points.size(), spaced(axis));
  measured.estimate = estimate_median(ratios);
  if (ratios.empty()) {
    measured.gap = Gap::kUndecided;
    measured.reason = "no round has every point of the line";
  }
  return measured;
}

}  // namespace

Measured measure_over_axis(const Metric& metric, const std::string& scenario, const Evidence& evidence) {
  const AxisPoints found = points_of(metric, scenario, evidence);
  if (found.points.size() < 3 || found.gap == Gap::kUndecided) {
    Measured missing;
    missing.gap = found.gap;
    missing.reason = found.problem.empty() ? fmt::format("{} of the three values of {} that a line needs were measured",
                                                         found.points.size(), spaced(metric.axis))
                                           : found.problem;
    return missing;
  }
  return metric.kind == Metric::Kind::kInverseFit ? measure_inverse_fit(found.points, metric.axis)
                                                  : measure_linearity(found.points, metric.axis);
}

}  // namespace unitcost
