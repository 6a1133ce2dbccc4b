#pragma once
// Facts as records store them.
#include <boost/json/object.hpp>

#include "harness/base/json.hpp"
#include "harness/machine/fact.hpp"

namespace unitcost {

boost::json::object facts_to_json(const Facts& facts);
Facts facts_from_json(const JsonIn& in);

}  // namespace unitcost
