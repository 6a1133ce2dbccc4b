#include "harness/stats/paired_levels.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include <boost/math/distributions/chi_squared.hpp>
#include <boost/math/distributions/students_t.hpp>

#include "harness/stats/order_statistics.hpp"

namespace unitcost {
namespace {

constexpr double kTuning = 1.345;  // of Huber's weights: 95 % as good as least squares where the noise is normal
constexpr int kMostSteps = 50;
constexpr double kNormalSdPerMad = 1.482602218505602;
constexpr double kTail = 0.025;

using Matrix = std::vector<std::vector<double>>;

/// Gauss and Jordan with the largest pivot; an empty matrix when there is none.
Matrix inverse_of(Matrix matrix) {
  const std::size_t n = matrix.size();
  for (std::size_t row = 0; row < n; ++row) {
    matrix[row].resize(2 * n, 0.0);
    matrix[row][n + row] = 1.0;
  }
  for (std::size_t column = 0; column < n; ++column) {
    std::size_t pivot = column;
    for (std::size_t row = column; row < n; ++row) {
      if (std::abs(matrix[row][column]) > std::abs(matrix[pivot][column])) pivot = row;
    }
    if (std::abs(matrix[pivot][column]) < 1e-9) return {};
    std::swap(matrix[pivot], matrix[column]);
    const double scale = 1.0 / matrix[column][column];
    for (double& value : matrix[column]) value *= scale;
    for (std::size_t row = 0; row < n; ++row) {
      const double factor = matrix[row][column];
      if (row == column || factor == 0.0) continue;
      for (std::size_t at = 0; at < 2 * n; ++at) matrix[row][at] -= factor * matrix[column][at];
    }
  }
  Matrix inverse(n);
  for (std::size_t row = 0; row < n; ++row)
    inverse[row].assign(matrix[row].begin() + static_cast<std::ptrdiff_t>(n), matrix[row].end());
  return inverse;
}

/// A pair by the places of its levels.
struct Difference {
  std::size_t a = 0;
  std::size_t b = 0;
  double value = 0.0;
  double weight = 1.0;
};

/// Only differences are seen, so the levels are told as distances from their mean: a matrix of ones makes that the one solution.
Matrix normal_matrix(const std::vector<Difference>& differences, std::size_t levels) {
  Matrix matrix(levels, std::vector<double>(levels, 1.0));
  for (const Difference& each : differences) {
    matrix[each.a][each.a] += each.weight;
    matrix[each.b][each.b] += each.weight;
    matrix[each.a][each.b] -= each.weight;
    matrix[each.b][each.a] -= each.weight;
  }
  return matrix;
}

std::vector<double> solve(const std::vector<Difference>& differences, std::size_t levels) {
  const Matrix inverse = inverse_of(normal_matrix(differences, levels));
  if (inverse.empty()) return {};
  std::vector<double> right(levels, 0.0);
  for (const Difference& each : differences) {
    right[each.b] += each.weight * each.value;
    right[each.a] -= each.weight * each.value;
  }
  std::vector<double> solution(levels, 0.0);
  for (std::size_t row = 0; row < levels; ++row) {
    for (std::size_t at = 0; at < levels; ++at) solution[row] += inverse[row][at] * right[at];
  }
  return solution;
}

double residual(const Difference& each, const std::vector<double>& levels) {
  return each.value - (levels[each.b] - levels[each.a]);
}

double scale_of(const std::vector<Difference>& differences, const std::vector<double>& levels, double free) {
  std::vector<double> sizes;
  for (const Difference& each : differences) sizes.push_back(std::abs(residual(each, levels)));
  return kNormalSdPerMad * median(sizes) * std::sqrt(static_cast<double>(sizes.size()) / free);
}

/// Variance of one weighted residual, as Huber's estimate has it.
double noise_variance(const std::vector<Difference>& differences, const std::vector<double>& levels, double scale,
                      double free) {
  double squares = 0.0;
  double inside = 0.0;
  for (const Difference& each : differences) {
    const double size = std::abs(residual(each, levels));
    const double bounded = std::min(size, kTuning * scale);
    squares += bounded * bounded;
    if (size <= kTuning * scale) inside += 1.0;
  }
  const double n = static_cast<double>(differences.size());
  const double share = inside / n;
  const double correction = 1.0 + (n - free) / n * (1.0 - share) / share;
  return correction * correction * (squares / free) / (share * share);
}

void add_spread(PairedLevels& found, const std::vector<double>& levels, double variance_of_all) {
  double squares = 0.0;
  for (const double level : levels) squares += level * level;
  const double degrees = static_cast<double>(levels.size()) - 1.0;
  const double noise = variance_of_all / degrees;
  const boost::math::chi_squared_distribution<double> chi(degrees);
  const auto without_noise = [&](double square) { return std::sqrt(std::max(0.0, square - noise)); };
  found.sd = without_noise(squares / degrees);
  found.sd_low = without_noise(squares / boost::math::quantile(boost::math::complement(chi, kTail)));
  found.sd_high = without_noise(squares / boost::math::quantile(chi, kTail));
}

}  // namespace

PairedLevels paired_levels(const std::vector<LevelPair>& pairs) {
  std::map<int, std::size_t> places;
  for (const LevelPair& pair : pairs) {
    places.emplace(pair.a, 0);
    places.emplace(pair.b, 0);
  }
  std::vector<int> names;
  for (auto& [name, place] : places) {
    place = names.size();
    names.push_back(name);
  }
  std::vector<Difference> differences;
  for (const LevelPair& pair : pairs) differences.push_back({places.at(pair.a), places.at(pair.b), pair.difference});
  const double free = static_cast<double>(pairs.size()) - static_cast<double>(names.size()) + 1.0;
  if (names.size() < 2 || free <= kLeastFreePairs) return {};

  std::vector<double> levels = solve(differences, names.size());
  if (levels.empty()) return {};
  double scale = 0.0;
  for (int step = 0; step < kMostSteps; ++step) {
    scale = scale_of(differences, levels, free);
    for (Difference& each : differences) {
      const double size = std::abs(residual(each, levels));
      each.weight = size <= kTuning * scale ? 1.0 : kTuning * scale / size;
    }
    if (scale == 0.0) break;  // most pairs fit to the last digit
    levels = solve(differences, names.size());
  }

  PairedLevels found;
  found.levels = static_cast<int>(names.size());
  found.pairs = static_cast<int>(pairs.size());
  const double variance = noise_variance(differences, levels, scale, free);
  found.noise_sd = std::sqrt(variance);
  for (Difference& each : differences) each.weight = 1.0;
  const Matrix inverse = inverse_of(normal_matrix(differences, names.size()));
  double trace = -1.0 / static_cast<double>(names.size());  // what the matrix of ones adds
  for (std::size_t at = 0; at < names.size(); ++at) trace += inverse[at][at];
  add_spread(found, levels, variance * trace);

  const auto [lowest, highest] = std::minmax_element(levels.begin(), levels.end());
  const auto low = static_cast<std::size_t>(lowest - levels.begin());
  const auto high = static_cast<std::size_t>(highest - levels.begin());
  found.lowest = names[low];
  found.highest = names[high];
  found.largest = *highest - *lowest;
  const double comparisons = 0.5 * found.levels * (found.levels - 1);
  const boost::math::students_t_distribution<double> student(free);
  const double reach = boost::math::quantile(boost::math::complement(student, kTail / comparisons)) *
                       std::sqrt(variance * (inverse[low][low] + inverse[high][high] - 2.0 * inverse[low][high]));
  found.low = found.largest - reach;
  found.high = found.largest + reach;
  return found;
}

}  // namespace unitcost
