#pragma once
// Latency curves of machines that do not exist: caches of known size and speed, so that the right answer is known.
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

#include "harness/stats/hierarchy.hpp"
#include "harness/stats/levels.hpp"
#include "harness/stats/order_statistics.hpp"
#include "harness/stats/random.hpp"

namespace unitcost::testing_support {

constexpr double kKiB = 1024.0;
constexpr double kMiB = 1024.0 * kKiB;

struct Cache {
  double bytes;
  double ns;
};

struct Machine {
  std::vector<Cache> caches;
  double memory_ns = 100.0;
  bool least_recently_used = false;  ///< else lines are replaced at random
};

/// Share of loads that miss in a random cycle over `set_bytes`. Least recently used: all or nothing. Random replacement: a line survives a
/// round of m·W/C replacements with exp(-m W/C), so m solves m = 1 - exp(-m W/C).
inline double miss_share(double set_bytes, double cache_bytes, bool least_recently_used) {
  if (set_bytes <= cache_bytes) return 0.0;
  if (least_recently_used) return 1.0;
  double share = 1.0;
  for (int i = 0; i < 200; ++i) share = 1.0 - std::exp(-share * set_bytes / cache_bytes);
  return share;
}

inline double latency_ns(const Machine& machine, double set_bytes) {
  double ns = 0.0;
  double arriving = 1.0;
  for (const auto& cache : machine.caches) {
    const double missing = std::min(arriving, miss_share(set_bytes, cache.bytes, machine.least_recently_used));
    ns += (arriving - missing) * cache.ns;
    arriving = missing;
  }
  return ns + arriving * machine.memory_ns;
}

/// Sizes from 4 KiB to `to`, `per_octave` of them an octave.
inline std::vector<double> sizes_to(double to, int per_octave) {
  std::vector<double> sizes;
  for (double octave = 4.0 * kKiB; octave <= to; octave *= 2.0) {
    for (int i = 0; i < per_octave; ++i) {
      const double size = octave * (1.0 + static_cast<double>(i) / per_octave);
      if (size <= to) sizes.push_back(size);
    }
  }
  return sizes;
}

/// `noise`: relative standard deviation of a block. Round 0's kind of curve (one value a size) with rounds = 1 and by_round left out.
inline std::vector<CurvePoint> measure_machine(const Machine& machine, const std::vector<double>& sizes, int rounds,
                                               double noise, std::uint64_t seed) {
  Random random(seed);
  std::vector<CurvePoint> curve;
  for (const double size : sizes) {
    CurvePoint point;
    point.bytes = static_cast<std::uint64_t>(size);
    for (int round = 0; round < rounds; ++round)
      point.by_round.push_back(latency_ns(machine, size) * std::exp(noise * random.normal()));
    point.value = point.low = point.high = median(point.by_round);
    if (rounds == 1) point.by_round.clear();
    curve.push_back(point);
  }
  return curve;
}

inline const Machine kDesktop{{{48 * kKiB, 1.2}, {1.25 * kMiB, 4.0}, {24 * kMiB, 15.0}}, 90.0, true};
inline const Machine kBoard{{{32 * kKiB, 2.0}, {1 * kMiB, 12.0}}, 140.0, true};
inline const Machine kFourLevels{
    {{32 * kKiB, 1.0}, {512 * kKiB, 4.0}, {8 * kMiB, 12.0}, {64 * kMiB, 40.0}}, 120.0, true};

inline std::uint64_t bytes(double size) { return static_cast<std::uint64_t>(size); }

inline NamedLevel level(const Hierarchy& hierarchy, const std::string& name) {
  for (const auto& one : name_levels(hierarchy)) {
    if (one.name == name) return one;
  }
  return {};
}

/// Powers of two, and four sizes an octave within an octave of each cliff, as a run measures.
inline std::vector<double> sizes_near(const Machine& machine, double to) {
  std::vector<double> sizes;
  for (const double size : sizes_to(to, 4)) {
    const bool is_power = (bytes(size) & (bytes(size) - 1)) == 0;
    bool is_near = false;
    for (const auto& cache : machine.caches)
      is_near = is_near || (size >= cache.bytes / 2.0 && size <= cache.bytes * 2.0);
    if (is_power || is_near) sizes.push_back(size);
  }
  return sizes;
}

}  // namespace unitcost::testing_support
