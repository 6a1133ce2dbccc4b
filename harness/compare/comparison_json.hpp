#pragma once
// Comparisons as JSON (docs/formats.md, section 7).
#include <string>
#include <vector>

#include <boost/json/object.hpp>

#include "harness/compare/comparison.hpp"

namespace unitcost {

constexpr int kComparisonSchema = 1;

/// The document of `unitcost compare --json`. `id` by with_id(), written with analysis_text().
boost::json::object comparisons_json(const std::vector<Comparison>& comparisons);

/// Unit of evidence, interval, test and adjustments, in sentences.
std::string comparison_method();
boost::json::object comparison_json(const Comparison& comparison);
boost::json::object row_json(const ComparedCase& row);
boost::json::array facts_json(const std::vector<FactDifference>& facts);

}  // namespace unitcost
