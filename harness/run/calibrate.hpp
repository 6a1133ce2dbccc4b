#pragma once
// From round 0 to fixed iteration counts: a pure function of the blocks that round 0 stored.
#include <vector>

#include "harness/plan/plan.hpp"
#include "harness/store/block.hpp"

namespace unitcost {

/// Sets iterations, expected_s, slow and dropped from the blocks of round 0 of this case: attempt 1 calibrates, later ones (where
/// wants_proof, or where all before were disturbed) ran one sample of the count known by then. No blocks: nothing changes.
/// A slow case beside whose blocks the spin reference was slow gets as many more iterations, twice as many at most; `reference_median_ns` 0: not known yet.
void calibrate(PlannedCase& planned, const std::vector<Block>& round_zero, int slow_rounds,
               double reference_median_ns = 0.0);

/// Of a sample of at least `sample_ms` and 30 operations, from a block that found its own count; 1 where a single operation takes over half a second.
std::int64_t iterations_for(double sample_ms, const Block& block);

/// The first block took so long that one more, with the count fixed, has to tell set-up from samples. Of a slow case, whose one
/// sample is short beside its set-up, the first block says enough.
bool wants_proof(const PlannedCase& planned, const std::vector<Block>& round_zero);

/// No block of round 0 is clean by the rules of contamination, now that the reference is known, and another attempt is left that could find another count.
/// The reference alone does not disturb a slow case, of which one more block would cost much for its one short sample: its count follows the reference.
bool was_disturbed(const PlannedCase& planned, const std::vector<Block>& round_zero, double reference_median_ns,
                   double ticks_per_s);

}  // namespace unitcost
