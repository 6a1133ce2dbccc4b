#pragma once
// How a pair is cut into slices. Why so short and so many: docs/method.md, section 8.
#include <string>

#include "harness/duel/duel_record.hpp"

namespace unitcost {

constexpr int kPlainSampleMs = 5;  ///< of a case that needs no longer sample than most

/// Milliseconds of a slice, where both sides have the token: `cut.slice_ms`, or 0.25. A case that needs a longer sample than most keeps it, for it has threads
/// to start or rare events to see; but not a Python case on one CPU, whose sample is as long as that of Python's threads.
double slice_ms_of(const PlannedCase& planned, const PairCut& cut);

/// Slices of a side in one pair: `cut.slices`, else 120, or the even number that fits into 0.13 s where a slice takes `slice_s`, 4 at least.
int slices_of(double slice_s, const PairCut& cut);

/// What both do where nothing else is asked for: "120 slices of 0.25 ms, or what fits into 0.13 s". Duels that are cut differently do not count as the same measurement.
std::string usual_cut_text();

}  // namespace unitcost
