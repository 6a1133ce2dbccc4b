#pragma once
// Plateaus and cliffs of a latency curve over the working set (docs/method.md, "Levels and sizes").
// Level: median over at least two sizes that lie within 10 % of each other and at least an octave apart.
// Cliff: where the curve crosses the geometric mean of two neighbouring plateaus, snapped to the one value of {1, 1.25, 1.5, 1.75}·2^k in its interval.
#include <cstdint>
#include <string>
#include <vector>

namespace unitcost {

struct CurvePoint {
  std::uint64_t bytes = 0;
  double value = 0.0;                 ///< median of the blocks, ns
  double low = 0.0;                   ///< interval; equal to value when unknown (round 0)
  double high = 0.0;
  std::vector<double> by_round;       ///< block values by counted round (NaN: none), for intervals of levels and cliffs; may be empty
};

struct Plateau {
  std::uint64_t from_bytes = 0;
  std::uint64_t to_bytes = 0;
  double value = 0.0;
  double low = 0.0;
  double high = 0.0;
  int n = 0;
};

struct Cliff {
  double crossing_bytes = 0.0;        ///< where the medians cross
  double low_bytes = 0.0;             ///< interval of the crossing
  double high_bytes = 0.0;
  std::uint64_t bytes = 0;            ///< snapped; 0: undecided
  std::string reason;                 ///< why it is undecided
};

/// plateaus.size() == cliffs.size() + 1, or both empty. The last plateau is memory.
struct Hierarchy {
  std::vector<Plateau> plateaus;
  std::vector<Cliff> cliffs;
};

/// `curve` ascending in bytes, at least one point. A pure function.
Hierarchy find_hierarchy(const std::vector<CurvePoint>& curve);

}  // namespace unitcost
