#pragma once
// The parts of a block's line that other records have too.
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json/object.hpp>

#include "harness/base/json.hpp"
#include "harness/store/block.hpp"

namespace unitcost {

using Samples = std::map<std::string, std::vector<double>>;  ///< counter -> a value a sample

const char* outcome_text(Outcome outcome);
std::optional<Outcome> outcome_named(std::string_view word);
std::optional<ChildEnd::Kind> end_named(std::string_view word);
Outcome outcome_from_json(const JsonIn& in);
boost::json::object to_json(const ChildEnd& end);
ChildEnd child_end_from_json(const JsonIn& in);
boost::json::object to_json(const Samples& samples);
Samples samples_from_json(const JsonIn& in);
boost::json::object to_json(const Covariates& covariates);
Covariates covariates_from_json(const JsonIn& in);

}  // namespace unitcost
