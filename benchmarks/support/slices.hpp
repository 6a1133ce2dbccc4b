#pragma once
// A case as one side of a pair: in slices, between which the other side works.
#include <string>
#include <vector>

#include "benchmarks/support/case.hpp"
#include "benchmarks/support/options.hpp"

namespace unitcost {

/// Runs `chosen` by `options.pair`, and writes options.out_path: one repetition a slice, the warm-ups not among them. The file is written and
/// the process ends when the other side works no more, so that neither falls into its slices. `timed` runs a body as everywhere else.
/// Throws PeerGone.
void run_in_slices(const Case& chosen, const Options& options, const Body& timed);

}  // namespace unitcost
