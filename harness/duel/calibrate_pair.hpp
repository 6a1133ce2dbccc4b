#pragma once
// One iteration count for both sides, and how a pair of this case is cut.
#include <array>

#include "harness/duel/duel_record.hpp"
#include "harness/store/block.hpp"

namespace unitcost {

/// From one calibrating block of either side: iterations (of the faster side, so that a slice of neither is too short), slices, warm-up, the seconds of a
/// pair; or why the case is dropped.
void calibrate_pair(DuelCase& duel_case, const std::array<Block, 2>& blocks, const std::array<std::string, 2>& names,
                    const PairCut& cut);

/// Whether a side failed already there: the case was given up before its first pair.
bool failed_in_calibration(const DuelCase& duel_case);

}  // namespace unitcost
