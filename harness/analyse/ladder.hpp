#pragma once
// The latency ladder: what one operation of each kind costs, fastest first, with the notes' own numbers beside it.
#include <vector>

#include <boost/json/object.hpp>

#include "harness/analyse/claims.hpp"

namespace unitcost {

/// Rows are the claims that name one with `ladder` and have a unit of time. What was not measured has no row.
boost::json::object ladder_json(const std::vector<JudgedClaim>& claims, const RunRecord& run);

}  // namespace unitcost
