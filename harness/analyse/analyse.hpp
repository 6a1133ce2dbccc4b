#pragma once
// From a finished or partial run to analysis.json (docs/formats.md, section 4).
#include <string>
#include <vector>

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include "harness/store/block.hpp"
#include "harness/store/run_record.hpp"

namespace unitcost {

/// A pure function: the same run gives the same bytes on every machine. `run_id` as store gives it.
boost::json::value analyse(const RunRecord& run, const std::vector<Block>& blocks, const std::string& run_id);

/// The text of analysis.json: six significant digits, stable order, newline at the end.
std::string analysis_text(const boost::json::value& analysis);

/// Sets "id" behind "schema": the first 12 hex digits of the SHA-256 of the text of the document without it.
boost::json::object with_id(const boost::json::object& document);

}  // namespace unitcost
