#include "harness/stats/fit.hpp"

#include <cstddef>
#include <limits>

namespace unitcost {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

struct Line {
  double slope = kNaN;
  double offset = kNaN;
};

/// Minimises the sum of ((slope u + offset - y)/y)^2.
Line fit_line(const std::vector<double>& u, const std::vector<double>& y) {
  double w_sum = 0.0;
  double w_u = 0.0;
  double w_y = 0.0;
  for (std::size_t i = 0; i < u.size(); ++i) {
    if (!(y[i] > 0.0)) return {};
    const double weight = 1.0 / (y[i] * y[i]);
    w_sum += weight;
    w_u += weight * u[i];
    w_y += weight * y[i];
  }
  const double mean_u = w_u / w_sum;
  const double mean_y = w_y / w_sum;
  double covariance = 0.0;
  double variance = 0.0;
  for (std::size_t i = 0; i < u.size(); ++i) {
    const double weight = 1.0 / (y[i] * y[i]);
    covariance += weight * (u[i] - mean_u) * (y[i] - mean_y);
    variance += weight * (u[i] - mean_u) * (u[i] - mean_u);
  }
  if (!(variance > 0.0)) return {};
  const double slope = covariance / variance;
  return {slope, mean_y - slope * mean_u};
}

}  // namespace

InverseFit fit_inverse(const std::vector<double>& x, const std::vector<double>& y) {
  if (x.size() < 3) return {kNaN, kNaN};
  std::vector<double> reciprocal;
  for (const double value : x) reciprocal.push_back(1.0 / value);
  const Line line = fit_line(reciprocal, y);
  return {line.slope, line.offset};
}

double fit_slope(const std::vector<double>& x, const std::vector<double>& y) {
  return x.size() < 2 ? kNaN : fit_line(x, y).slope;
}

double linearity(const std::vector<double>& x, const std::vector<double>& y) {
  if (x.size() < 3) return kNaN;
  const auto half = static_cast<std::ptrdiff_t>((x.size() + 1) / 2);
  const double lower = fit_slope({x.begin(), x.begin() + half}, {y.begin(), y.begin() + half});
  const double upper = fit_slope({x.end() - half, x.end()}, {y.end() - half, y.end()});
  return lower == 0.0 ? kNaN : upper / lower;
}

}  // namespace unitcost
