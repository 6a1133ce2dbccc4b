#pragma once
// The noise strip: how fast the machine itself was at every block, by a fixed piece of spinning before and after it.
#include <vector>

#include <boost/json/object.hpp>

#include "harness/store/block.hpp"
#include "harness/store/run_record.hpp"

namespace unitcost {

/// Every block of the run, round 0 and repeated attempts too, in the order of execution.
boost::json::object noise_json(const RunRecord& run, const std::vector<Block>& blocks);

}  // namespace unitcost
