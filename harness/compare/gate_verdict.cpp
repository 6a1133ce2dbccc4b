// What a gate says: word, status, sentence, JSON.
#include <algorithm>
#include <cmath>
#include <limits>

#include <fmt/format.h>
#include <boost/json/array.hpp>

#include "harness/analyse/analyse.hpp"
#include "harness/analyse/document.hpp"
#include "harness/compare/comparison_json.hpp"
#include "harness/compare/gate.hpp"
#include "unitcost_build_info.hpp"

namespace unitcost {
namespace {

namespace json = boost::json;

/// The largest of the effects that could have been missed, NaN when some case could have changed by anything.
double largest_missed(const Gate& gate) {
  double largest = 1.0;
  for (const GateSide& side : gate.against) {
    for (const GatedCase& found : side.cases) {
      if (found.word == GateWord::kAccepted) continue;
      if (std::isnan(found.smallest_visible_ratio)) return found.smallest_visible_ratio;
      largest = std::max(largest, found.smallest_visible_ratio);
    }
  }
  return largest;
}

std::string missed_text(const Gate& gate) {
  const double missed = largest_missed(gate);
  if (std::isnan(missed)) return "in some cases any change could have been missed";
  const bool is_any_judged = gate.count(GateWord::kOk) + gate.count(GateWord::kInconclusive) > 0;
  if (missed <= 1.0 && is_any_judged) return "none to the worse could have been missed";
  return fmt::format("a change to the worse by less than {} could have been missed somewhere", percent_text(missed));
}

std::string word_of(Exit exit) {
  return exit == Exit::kOk ? "pass" : exit == Exit::kGateFailed ? "fail" : "inconclusive";
}

json::value accepted_json(const std::optional<Accepted>& rule) {
  if (!rule) return nullptr;
  return json::object{
      {"commit", rule->commit},
      {"until", rule->until},
      {"reason", rule->reason},
      {"at_most_ratio", rule->at_most_ratio ? json::value(*rule->at_most_ratio) : json::value(nullptr)}};
}

json::object case_json(const GatedCase& found) {
  json::object object = found.row == nullptr ? json::object{{"case", found.key}} : row_json(*found.row);
  object["gate"] = gate_word_text(found.word);
  object["gates"] = found.gates;
  object["accepted"] = accepted_json(found.accepted);
  if (found.control) {
    object["control"] = json::object{{"ratio", number_json(found.control->ratio)},
                                     {"interval", interval_json(found.control->low, found.control->high)}};
  }
  object["holm_p"] = number_json(found.holm_p);
  object["gate_smallest_visible_ratio"] = number_json(found.smallest_visible_ratio);
  object["reason"] = found.reason;
  return object;
}

}  // namespace

GatedCase open_case(const std::string& key, const std::string& reason, const ComparedCase* row) {
  constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();
  GatedCase found;
  found.key = key;
  found.holm_p = kUnknown;
  found.smallest_visible_ratio = kUnknown;
  found.reason = reason;
  found.row = row;
  return found;
}

std::string gate_word_text(GateWord word) {
  switch (word) {
    case GateWord::kOk:
      return "ok";
    case GateWord::kRegression:
      return "regression";
    case GateWord::kAccepted:
      return "accepted";
    case GateWord::kInconclusive:
      return "inconclusive";
  }
  return "";
}

int Gate::count(GateWord word) const {
  int sum = 0;
  for (const GateSide& side : against) sum += static_cast<int>(std::ranges::count(side.cases, word, &GatedCase::word));
  return sum;
}

Exit Gate::exit_status() const {
  if (count(GateWord::kRegression) > 0) return Exit::kGateFailed;
  return count(GateWord::kInconclusive) > 0 && !pass_inconclusive ? Exit::kInconclusive : Exit::kOk;
}

std::string Gate::verdict() const {
  const int regressions = count(GateWord::kRegression);
  const int open = count(GateWord::kInconclusive);
  const std::string counts = fmt::format("{} ok, {} regression{}, {} accepted, {} inconclusive", count(GateWord::kOk),
                                         regressions, regressions == 1 ? "" : "s", count(GateWord::kAccepted), open);
  const Exit exit = exit_status();
  if (exit == Exit::kGateFailed) return fmt::format("FAILED: {}", counts);
  if (exit == Exit::kInconclusive) return fmt::format("INCONCLUSIVE: {}", counts);
  return fmt::format("PASSED: {}; {}", counts, missed_text(*this));
}

json::object gate_json(const Gate& gate) {
  json::array against;
  for (const GateSide& side : gate.against) {
    json::object object = comparison_json(side.comparison);
    json::array rows;
    for (const GatedCase& found : side.cases) rows.push_back(case_json(found));
    object["rows"] = std::move(rows);
    if (gate.duel) object["foot"] = gate.duel->foot;
    against.push_back(std::move(object));
  }
  json::object document{{"schema", kComparisonSchema},
                        {"tool", UNITCOST_VERSION},
                        {"method", gate.duel ? gate.duel->method : comparison_method()},
                        {"gate", word_of(gate.exit_status())},
                        {"exit_status", static_cast<int>(gate.exit_status())},
                        {"on_inconclusive", gate.pass_inconclusive ? "pass" : "fail"},
                        {"verdict", gate.verdict()},
                        {"vary", texts_json({gate.vary.begin(), gate.vary.end()})},
                        {"notes", texts_json(gate.notes)},
                        {"against", std::move(against)}};
  if (gate.duel) {
    document["duel"] = gate.duel->duel;
    document["rule"] = gate.duel->rule;
  }
  return with_id(document);
}

}  // namespace unitcost
