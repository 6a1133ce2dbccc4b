#pragma once
// "claims" and "claim_summary" of analysis.json.
#include <vector>

#include <boost/json/array.hpp>

#include "harness/analyse/claims.hpp"

namespace unitcost {

boost::json::array claims_json(const std::vector<JudgedClaim>& claims, bool guest);
boost::json::array summaries_json(const std::vector<ClaimSummary>& summaries);

}  // namespace unitcost
