#include "harness/compare/comparison_json.hpp"

#include <fmt/format.h>
#include <boost/json/array.hpp>

#include "harness/analyse/analyse.hpp"
#include "harness/analyse/document.hpp"
#include "harness/analyse/machine_facts.hpp"
#include "unitcost_build_info.hpp"

namespace unitcost {
namespace {

namespace json = boost::json;

constexpr const char* kMethod =
    "The unit of evidence is the session, that is one run or one file: blocks and repetitions within it are not "
    "counted as "
    "independent. Change: the ratio of the geometric means of the sessions' medians, B over A, with a 95 % t interval "
    "in "
    "Welch's form on their logarithms, from two sessions a side on. A regression or improvement has its whole interval "
    "beyond the margin, no relevant change has it inside. Stars: Benjamini and Hochberg at 5 % over all rows of a "
    "comparison. A gate adjusts by Holm besides, and asks for three sessions a side.";

/// Machine, kernel and day of a run; other tools record too little of them.
std::string line_of(const Session& session) {
  if (session.source != Session::Source::kRun) return "";
  RunRecord named;
  named.machine_id = session.machine_id;
  named.label = session.label;
  named.machine = session.facts;
  named.started_utc = session.started_utc;
  return machine_line(named);
}

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
                                    {"profile", session.profile},
                                    {"line", line_of(session)}});
  }
  return {{"name", side.name}, {"sessions", std::move(sessions)}};
}

json::object value_json(const SideValue& value) {
  return {{"value", number_json(value.value)},
          {"sessions", value.sessions},
          {"processes", value.processes},
          {"spread_ratio", number_json(value.spread_ratio)}};
}

json::array agreed_json(const std::vector<FactDifference>& facts) {
  json::array array;
  for (const FactDifference& fact : facts)
    array.push_back(json::object{{"name", fact.name}, {"kind", kind_text(fact.kind)}, {"value", fact.a.front()}});
  return array;
}

/// The line under a figure: what is drawn, from how much, and how.
std::string foot_of(const Comparison& comparison) {
  const std::size_t of_a = comparison.a.sessions.size();
  const std::size_t of_b = comparison.b.sessions.size();
  return fmt::format(
      "change, {} over {} · {} session{} against {} · ratio of the geometric means of the sessions' medians · {}",
      comparison.b.name, comparison.a.name, of_b, of_b == 1 ? "" : "s", of_a,
      of_a >= 2 && of_b >= 2 ? "95 % t interval over sessions" : "no interval: one session on a side");
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

std::string comparison_method() { return kMethod; }

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
          {"facts_that_agree", agreed_json(agreeing_facts(comparison.a, comparison.b))},
          {"warnings", texts_json(comparison.warnings)},
          {"summary", summary_json(comparison)},
          {"rows", std::move(rows)},
          {"not_comparable", std::move(not_comparable)},
          {"foot", foot_of(comparison)}};
}

json::object comparisons_json(const std::vector<Comparison>& comparisons) {
  json::array array;
  for (const Comparison& comparison : comparisons) array.push_back(comparison_json(comparison));
  return with_id({{"schema", kComparisonSchema},
                  {"tool", UNITCOST_VERSION},
                  {"method", kMethod},
                  {"comparisons", std::move(array)}});
}

}  // namespace unitcost
