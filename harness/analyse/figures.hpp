#pragma once
// "figures" of analysis.json: the points of every figure of the run's scenarios, with bands of claims and marks of caches.
#include <vector>

#include <boost/json/array.hpp>

#include "harness/analyse/curves.hpp"
#include "harness/analyse/evidence.hpp"

namespace unitcost {

/// In the order of the scenarios and their files. A figure without a single point is left out.
boost::json::array figures_json(const Evidence& evidence, Curves& curves);

}  // namespace unitcost
