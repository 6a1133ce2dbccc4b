#pragma once
// The first half of find_hierarchy: which stretches of a curve are plateaus.
#include <cstddef>
#include <vector>

#include "harness/stats/hierarchy.hpp"

namespace unitcost {

/// Indices into the curve, both ends included.
struct Stretch {
  std::size_t from = 0;
  std::size_t to = 0;
};

constexpr double kPlateauSpread = 1.10;  ///< largest/smallest value of a plateau
constexpr double kLeastOctaves = 1.0;    ///< from its first size to its last
constexpr double kOftenShare =
    0.75;  ///< of the rounds of its most often measured size: a size with fewer has no part in the rounds
constexpr double kLeastStep = 1.30;  ///< slower than the plateau before by this; closer ones are the same level

double octaves_between(double from_bytes, double to_bytes);

/// Ascending, without overlap, each at least kLeastStep slower than the one before. Longest first where candidates compete, by the
/// sizes that ran in most rounds, then by all: a noisy stretch that happens to look flat for an octave loses against the level that is flat for three.
std::vector<Stretch> find_plateaus(const std::vector<CurvePoint>& curve);

/// Median over the sizes, by round where the points have rounds. Sizes that ran in far fewer rounds than the others (slow cases) count only
/// where the others span less than an octave.
Plateau measure_plateau(const std::vector<CurvePoint>& curve, const Stretch& stretch);

}  // namespace unitcost
