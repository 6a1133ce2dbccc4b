#pragma once
// What is drawn beside the points: bands of what the notes say, and where caches end.
#include <boost/json/array.hpp>

#include "harness/analyse/curves.hpp"
#include "harness/scenario/scenario.hpp"
#include "harness/store/run_record.hpp"

namespace unitcost {

/// On y, in the unit of the figure's counter. A claim whose metric is not on the figure's y has no band.
boost::json::array bands_json(const RunRecord& run, const Figure& figure);

/// Detected cliffs, and apart from them the caches that the kernel reports; none unless the figure asks for cliffs.
boost::json::array marks_json(const RunRecord& run, const Scenario& scenario, const Figure& figure, Curves& curves);

/// The data and unified caches that the kernel reports: {level, type, bytes}, by level.
boost::json::array reported_caches_json(const RunRecord& run);

}  // namespace unitcost
