#include "harness/stats/hierarchy.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>

#include "harness/stats/estimate.hpp"
#include "harness/stats/order_statistics.hpp"
#include "harness/stats/plateaus.hpp"

namespace unitcost {
namespace {

constexpr double kPastFactor = 4.0;  // "past the last cache"
constexpr double kLongestClimbOctaves =
    3.0;  // one cache, even with random replacement, is left within two octaves and the grid
constexpr std::uint64_t kLargestFirstBytes = 16U << 10U;  // no first cache is smaller
constexpr std::uint64_t kLeastMemoryBytes = 16U << 20U;   // a curve that ends below this may end in a cache

/// A crossing and the measured sizes around it.
struct Crossing {
  double bytes = std::numeric_limits<double>::quiet_NaN();
  std::size_t below = 0;  ///< index of the size where the curve is still below
  std::size_t above = 0;
};

double interpolate(double x0, double y0, double x1, double y1, double y) {
  return x0 * std::pow(x1 / x0, std::log(y / y0) / std::log(y1 / y0));
}

/// Between the last size of a plateau and the first of the next. A noisy curve may cross several times: then the crossing is the geometric
/// mean of the first and the last one, and the sizes around it lie outside of both.
Crossing cross(const std::vector<CurvePoint>& curve, const std::vector<double>& values, std::size_t from,
               std::size_t to, double threshold) {
  Crossing crossing;
  double first = 0.0;
  for (std::size_t i = from; i < to; ++i) {
    if (!(values[i] < threshold && values[i + 1] >= threshold)) continue;
    const double at = interpolate(static_cast<double>(curve[i].bytes), values[i],
                                  static_cast<double>(curve[i + 1].bytes), values[i + 1], threshold);
    if (first == 0.0) {
      first = at;
      crossing.below = i;
    }
    crossing.above = i + 1;
    crossing.bytes = std::sqrt(first * at);
  }
  return crossing;
}

std::vector<std::uint64_t> grid_sizes(double low, double high) {
  std::vector<std::uint64_t> sizes;
  for (std::uint64_t octave = 64; octave < (std::uint64_t{1} << 50U) && static_cast<double>(octave) < high;
       octave *= 2) {
    for (std::uint64_t quarter = 4; quarter < 8; ++quarter) {
      const std::uint64_t size = octave / 4 * quarter;
      if (static_cast<double>(size) >= low && static_cast<double>(size) < high) sizes.push_back(size);
    }
  }
  return sizes;
}

/// The interval of the crossing over the rounds, out to the measured sizes.
void widen_over_rounds(Cliff& cliff, const std::vector<CurvePoint>& curve, const Stretch& lower, const Stretch& upper,
                       const Plateau& before, const Plateau& after) {
  std::vector<double> crossings;
  for (std::size_t round = 0; round < std::min(before.by_round.size(), after.by_round.size()); ++round) {
    std::vector<double> values;
    bool is_complete = true;
    for (const auto& point : curve) {
      values.push_back(round < point.by_round.size() ? point.by_round[round]
                                                     : std::numeric_limits<double>::quiet_NaN());
    }
    for (std::size_t i = lower.to; i <= upper.from; ++i) is_complete = is_complete && !std::isnan(values[i]);
    const double threshold = std::sqrt(before.by_round[round] * after.by_round[round]);
    if (!is_complete || std::isnan(threshold)) continue;
    const Crossing crossing = cross(curve, values, lower.from, upper.to, threshold);
    if (!std::isnan(crossing.bytes)) crossings.push_back(crossing.bytes);
  }
  if (crossings.empty()) return;
  const Estimate estimate = estimate_median(crossings);
  cliff.n = estimate.n;
  cliff.coverage = estimate.coverage;
  const auto below = std::ranges::find_if(curve.rbegin(), curve.rend(), [&](const CurvePoint& point) {
    return static_cast<double>(point.bytes) <= estimate.low;
  });
  const auto above = std::ranges::find_if(
      curve, [&](const CurvePoint& point) { return static_cast<double>(point.bytes) > estimate.high; });
  if (below != curve.rend()) cliff.low_bytes = std::min(cliff.low_bytes, static_cast<double>(below->bytes));
  if (above != curve.end()) cliff.high_bytes = std::max(cliff.high_bytes, static_cast<double>(above->bytes));
}

void snap(Cliff& cliff) {
  if (cliff.may_hide_cache) {
    cliff.reason =
        "the curve climbs over more than three octaves: a cache without a plateau of its own may lie in between";
    return;
  }
  const auto sizes = grid_sizes(cliff.low_bytes, cliff.high_bytes);
  if (sizes.size() == 1) {
    cliff.bytes = sizes.front();
  } else {
    cliff.reason = sizes.empty() ? "no usual size lies in the interval of the crossing"
                                 : "several usual sizes lie in the interval of the crossing";
  }
}

/// How far the curve climbs from the one level to the other, by its values: noise may have cut the plateaus short.
double climb_octaves(const std::vector<CurvePoint>& curve, const Stretch& lower, const Stretch& upper,
                     const Plateau& before, const Plateau& after) {
  std::size_t leaves = lower.to;
  std::size_t arrives = upper.from;
  for (std::size_t i = lower.to; i < upper.from; ++i) {
    if (curve[i].value < before.value * kLeastStep) leaves = i;
  }
  for (std::size_t i = upper.from; i > leaves; --i) {
    if (curve[i].value > after.value / kLeastStep) arrives = i;
  }
  return octaves_between(static_cast<double>(curve[leaves].bytes), static_cast<double>(curve[arrives].bytes));
}

Cliff find_cliff(const std::vector<CurvePoint>& curve, const Stretch& lower, const Stretch& upper,
                 const Plateau& before, const Plateau& after) {
  std::vector<double> values;
  for (const auto& point : curve) values.push_back(point.value);
  // Within the plateaus the curve stays on its side of the geometric mean: they differ by 1.3 × and spread over 1.1 × only.
  const Crossing crossing = cross(curve, values, lower.to, upper.from, std::sqrt(before.value * after.value));
  Cliff cliff;
  cliff.may_hide_cache = climb_octaves(curve, lower, upper, before, after) > kLongestClimbOctaves;
  if (std::isnan(crossing.bytes)) {  // medians over rounds and over sizes may disagree on a very noisy curve
    cliff.low_bytes = static_cast<double>(curve[lower.to].bytes);
    cliff.high_bytes = static_cast<double>(curve[upper.from].bytes);
    cliff.crossing_bytes = std::sqrt(cliff.low_bytes * cliff.high_bytes);
    cliff.reason = "the curve does not cross between the two plateaus";
    return cliff;
  }
  cliff.crossing_bytes = crossing.bytes;
  cliff.low_bytes = static_cast<double>(curve[crossing.below].bytes);
  cliff.high_bytes = static_cast<double>(curve[crossing.above].bytes);
  widen_over_rounds(cliff, curve, lower, upper, before, after);
  snap(cliff);
  return cliff;
}

/// Nothing before the first plateau is faster, and the curve begins small enough.
bool starts_in_first_cache(const std::vector<CurvePoint>& curve, const Stretch& first, const Plateau& plateau) {
  if (curve.front().bytes > kLargestFirstBytes) return false;
  for (std::size_t i = 0; i < first.from; ++i) {
    if (curve[i].value < plateau.value / kLeastStep) return false;
  }
  return true;
}

/// Decides whether the last plateau is memory.
std::string why_not_memory(const Hierarchy& hierarchy, const std::vector<CurvePoint>& curve) {
  if (hierarchy.cliffs.empty()) return "the curve has one plateau only";
  const double end_ratio = curve.back().value / hierarchy.plateaus.back().value;
  if (end_ratio > kLeastStep || end_ratio < 1.0 / kLeastStep) return "the curve has no plateau at its end";
  if (curve.back().bytes < kLeastMemoryBytes) return "the curve ends before 16 MiB";
  return "";
}

/// Measures memory past the last cache: by the same rule for plateaus, on that part of the curve alone.
void find_memory(Hierarchy& hierarchy, const std::vector<CurvePoint>& curve) {
  hierarchy.memory_reason = why_not_memory(hierarchy, curve);
  hierarchy.reaches_memory = hierarchy.memory_reason.empty();
  hierarchy.last_may_be_memory =
      !hierarchy.reaches_memory && !hierarchy.cliffs.empty() && hierarchy.plateaus.back().to_bytes >= kLeastMemoryBytes;
  if (!hierarchy.reaches_memory) return;
  const double least = *past_last_cache_bytes(hierarchy);
  const auto begin =
      std::ranges::find_if(curve, [&](const CurvePoint& point) { return static_cast<double>(point.bytes) >= least; });
  const std::vector<CurvePoint> past(begin, curve.end());
  const auto stretches = find_plateaus(past);
  if (!stretches.empty()) {
    hierarchy.memory = measure_plateau(past, stretches.back());
    return;
  }
  const bool is_short = past.size() < 2 || octaves_between(static_cast<double>(past.front().bytes),
                                                           static_cast<double>(past.back().bytes)) < kLeastOctaves;
  hierarchy.memory_reason =
      is_short ? "the curve ends less than an octave past four times the last cliff"
               : "past four times the last cliff no two sizes an octave apart lie within 10 % of each other";
}

}  // namespace

Hierarchy find_hierarchy(const std::vector<CurvePoint>& curve) {
  Hierarchy hierarchy;
  const std::vector<Stretch> stretches = find_plateaus(curve);
  for (const auto& stretch : stretches) hierarchy.plateaus.push_back(measure_plateau(curve, stretch));
  for (std::size_t i = 1; i < stretches.size(); ++i) {
    hierarchy.cliffs.push_back(
        find_cliff(curve, stretches[i - 1], stretches[i], hierarchy.plateaus[i - 1], hierarchy.plateaus[i]));
  }
  if (stretches.empty()) {
    hierarchy.memory_reason = "the curve has no plateau: no two sizes an octave apart lie within 10 % of each other";
  } else {
    hierarchy.starts_in_first_cache = starts_in_first_cache(curve, stretches.front(), hierarchy.plateaus.front());
    find_memory(hierarchy, curve);
  }
  return hierarchy;
}

std::optional<double> past_last_cache_bytes(const Hierarchy& hierarchy) {
  if (!hierarchy.reaches_memory || hierarchy.cliffs.empty()) return std::nullopt;
  const Cliff& last = hierarchy.cliffs.back();
  if (last.bytes != 0) return kPastFactor * static_cast<double>(last.bytes);
  // An undecided crossing may lie in the middle of a long climb: then only the plateau itself is past every cache.
  return std::max(kPastFactor * last.crossing_bytes, static_cast<double>(hierarchy.plateaus.back().from_bytes));
}

std::optional<double> half_first_cache_bytes(const Hierarchy& hierarchy) {
  if (hierarchy.cliffs.empty()) return std::nullopt;
  const Cliff& first = hierarchy.cliffs.front();
  return (first.bytes != 0 ? static_cast<double>(first.bytes) : first.low_bytes) / 2.0;
}

}  // namespace unitcost
