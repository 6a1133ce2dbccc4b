#pragma once
// Scenarios as they travel inside run.json: the same shape as the TOML, resolved.
#include <boost/json/value.hpp>

#include "harness/scenario/scenario.hpp"

namespace unitcost {

boost::json::value to_json(const Scenario& scenario);
/// Throws BadInput that names the key.
Scenario scenario_from_json(const boost::json::value& value);

}  // namespace unitcost
