#pragma once
// The latency ladder: what one operation of each kind costs, fastest first, with the notes' own numbers beside it.
#include <vector>

#include <boost/json/object.hpp>

#include "harness/analyse/claims.hpp"

namespace unitcost {

/// Rows are claims whose unit is a time and whose metric is the value of one case or a level, at one place; `ladder` in the scenario names them.
/// What was not measured has no row.
boost::json::object ladder_json(const std::vector<JudgedClaim>& claims, const RunRecord& run);

}  // namespace unitcost
