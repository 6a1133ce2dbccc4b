#pragma once
// From round 0 to fixed iteration counts: a pure function of the blocks that round 0 stored.
#include <vector>

#include "harness/plan/plan.hpp"
#include "harness/store/block.hpp"

namespace unitcost {

/// Sets iterations, expected_s, slow and dropped from the blocks of round 0 of this case: attempt 1 calibrates, attempt 2 (only where
/// wants_proof) ran one sample of the fixed count. No blocks: nothing changes.
void calibrate(PlannedCase& planned, const std::vector<Block>& round_zero, int slow_rounds);

/// The first block took so long that one more, with the count fixed, has to tell set-up from samples.
bool wants_proof(const PlannedCase& planned, const std::vector<Block>& round_zero);

}  // namespace unitcost
