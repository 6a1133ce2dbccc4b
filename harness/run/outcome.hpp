#pragma once
// From how a child ended and what it wrote to the block's outcome.
#include <string>

#include "harness/plan/plan.hpp"
#include "harness/run/benchmark_json.hpp"
#include "harness/run/command.hpp"
#include "harness/run/process_runner.hpp"

namespace unitcost {

/// "exited with status 2", "was killed by signal 11 (Segmentation fault)", …; empty when it exited with 0.
std::string how_it_failed(const ChildEnd& end, int timeout_s);

/// Reads the files that the child wrote. Never throws for what the child did: that is a failed block.
RowsVerdict read_outcome(const PlannedCase& planned, const Launch& launch, const BlockKey& key,
                         const ChildResult& child, const OutputFiles& files);

}  // namespace unitcost
