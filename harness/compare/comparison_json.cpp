#include "harness/compare/comparison_json.hpp"

#include <boost/json/array.hpp>

#include "harness/analyse/analyse.hpp"
#include "harness/analyse/document.hpp"
#include "harness/base/digest.hpp"
#include "unitcost_build_info.hpp"

namespace unitcost {
namespace {

namespace json = boost::json;

json::object side_json(const Side& side) {
  json::array sessions;
  for (const Session& session : side.sessions) {
    sessions.push_back(json::object{{"source", source_text(session.source)},
                                    {"name", session.name},
                                    {"id", session.id},
                                    {"machine_id", session.machine_id},
                                    {"label", session.label},
                                    {"commit", commit_of(session)},
                                    {"started_utc", session.started_utc},
                                    {"profile", session.profile}});
  }
  return {{"name", side.name}, {"sessions", std::move(sessions)}};
}

json::object value_json(const SideValue& value) {
  return {{"value", number_json(value.value)},
          {"sessions", value.sessions},
          {"processes", value.processes},
          {"spread_ratio", number_json(value.spread_ratio)}};
}

json::value direction_json(const std::optional<bool>& lower_is_better) {
  return lower_is_better ? json::value(*lower_is_better) : json::value(nullptr);
}

json::object summary_json(const Comparison& comparison) {
  json::object summary;
  for (const Change change : {Change::kRegression, Change::kImprovement, Change::kEquivalent, Change::kInconclusive})
    summary[change_text(change)] = comparison.count(change);
  summary["not_comparable"] = comparison.not_comparable.size();
  return summary;
}

}  // namespace

json::array facts_json(const std::vector<FactDifference>& facts) {
  json::array array;
  for (const FactDifference& fact : facts) {
    array.push_back(json::object{{"name", fact.name},
                                 {"kind", kind_text(fact.kind)},
                                 {"a", texts_json(fact.a)},
                                 {"b", texts_json(fact.b)},
                                 {"declared_by", fact.group}});
  }
  return array;
}

json::object row_json(const ComparedCase& row) {
  return {{"case", row.key},
          {"counter", row.counter},
          {"unit", row.unit},
          {"lower_is_better", direction_json(row.lower_is_better)},
          {"a", value_json(row.a)},
          {"b", value_json(row.b)},
          {"ratio", number_json(row.found.ratio)},
          {"interval", interval_json(row.found.low, row.found.high)},
          {"p", number_json(row.found.p)},
          {"q", number_json(row.q)},
          {"marked", row.marked},
          {"margin_ratio", number_json(row.margin_ratio)},
          {"outcome", change_text(row.change)},
          {"smallest_visible_ratio", number_json(row.smallest_visible_ratio)},
          {"sessions_needed", row.sessions_needed > 0 ? json::value(row.sessions_needed) : json::value(nullptr)},
          {"reason", row.reason}};
}

json::object comparison_json(const Comparison& comparison) {
  json::array rows;
  for (const ComparedCase& row : comparison.rows) rows.push_back(row_json(row));
  json::array not_comparable;
  for (const NotComparable& other : comparison.not_comparable)
    not_comparable.push_back(json::object{{"case", other.key}, {"reason", other.reason}});
  return {{"a", side_json(comparison.a)},
          {"b", side_json(comparison.b)},
          {"facts", facts_json(comparison.facts)},
          {"warnings", texts_json(comparison.warnings)},
          {"summary", summary_json(comparison)},
          {"rows", std::move(rows)},
          {"not_comparable", std::move(not_comparable)}};
}

json::object with_id(const json::object& document) {
  json::object result{{"schema", document.at("schema")}, {"id", sha256_hex(analysis_text(document)).substr(0, 12)}};
  for (const auto& member : document) {
    if (member.key() != "schema") result[member.key()] = member.value();
  }
  return result;
}

json::object comparisons_json(const std::vector<Comparison>& comparisons) {
  json::array array;
  for (const Comparison& comparison : comparisons) array.push_back(comparison_json(comparison));
  return with_id({{"schema", kComparisonSchema}, {"tool", UNITCOST_VERSION}, {"comparisons", std::move(array)}});
}

}  // namespace unitcost
