#pragma once
// "run", "hierarchy", "estimates", "unmeasurable" and "failed" of analysis.json.
#include <string>
#include <vector>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "harness/analyse/curves.hpp"
#include "harness/analyse/evidence.hpp"
#include "harness/store/block.hpp"

namespace unitcost {

boost::json::object run_json(const Evidence& evidence, const std::vector<Block>& blocks, const std::string& run_id);
/// Of memory/cache_cliffs, else of the first scenario with a cliff curve; null when there is none.
boost::json::value hierarchy_json(const Evidence& evidence, Curves& curves);
boost::json::array estimates_json(const Evidence& evidence);
boost::json::array unmeasurable_json(const Evidence& evidence);
boost::json::array failed_json(const Evidence& evidence);

}  // namespace unitcost
