#pragma once
// Plateaus and cliffs of a latency curve over the working set (docs/levels.md).
// Level: median over at least two sizes that lie within 10 % of each other and at least an octave apart.
// Cliff: where the curve crosses the geometric mean of two neighbouring plateaus, snapped to the one value of {1, 1.25, 1.5, 1.75}·2^k in its interval.
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace unitcost {

struct CurvePoint {
  std::uint64_t bytes = 0;
  double value = 0.0;  ///< median of the blocks, ns
  double low = 0.0;    ///< interval; equal to value when unknown (round 0)
  double high = 0.0;
  std::vector<double>
      by_round;  ///< block values by counted round (NaN: none), for intervals of levels and cliffs; may be empty
};

struct Plateau {
  std::uint64_t from_bytes = 0;
  std::uint64_t to_bytes = 0;
  double value = 0.0;  ///< median over the rounds of the median over the sizes; without rounds the latter
  double low = 0.0;
  double high = 0.0;
  int n = 0;                     ///< rounds in which every size of the plateau was measured
  double coverage = 0.0;         ///< of [low, high]; 0 without rounds
  std::vector<double> by_round;  ///< median over the sizes by round; NaN where a size is missing
};

struct Cliff {
  double crossing_bytes = 0.0;  ///< where the medians cross; always given, even when the size is undecided
  double low_bytes =
      0.0;  ///< interval of the crossing, out to the measured sizes around it: at low_bytes the set still fits, at high_bytes no more
  double high_bytes = 0.0;
  std::uint64_t bytes = 0;      ///< the one grid size in [low_bytes, high_bytes); 0: undecided
  std::string reason;           ///< why it is undecided
  bool may_hide_cache = false;  ///< too long a climb for one cache: one more, without a plateau, may end within it
  int n = 0;                    ///< rounds that the interval stands on
  double coverage = 0.0;
};

/// plateaus.size() == cliffs.size() + 1, or both empty. Neighbours differ by at least 1.3 ×, each is slower than the one before.
struct Hierarchy {
  std::vector<Plateau> plateaus;
  std::vector<Cliff> cliffs;
  bool starts_in_first_cache =
      false;  ///< nothing before the first plateau is faster, and the curve begins at 16 KiB or less
  bool reaches_memory =
      false;  ///< the last plateau is memory: the end of the curve does not depart from it, and is at 16 MiB or later
  bool last_may_be_memory =
      false;  ///< or a cache: it goes on to 16 MiB or later, and the end of the curve departs from it
  std::optional<Plateau> memory;  ///< plateau of the sizes from four times the last cliff on
  std::string memory_reason;      ///< why there is none
};

/// `curve` ascending in bytes, at least one point. A pure function.
Hierarchy find_hierarchy(const std::vector<CurvePoint>& curve);

/// Least size that is past the last cache: four times the last cliff; where its size is undecided, four times the
/// crossing, and not before the plateau of memory begins. Nothing without memory.
std::optional<double> past_last_cache_bytes(const Hierarchy& hierarchy);
/// Half of the first cliff (of its lower end where it is undecided). Nothing without a cliff.
std::optional<double> half_first_cache_bytes(const Hierarchy& hierarchy);

}  // namespace unitcost
