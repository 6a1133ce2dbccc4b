#include "harness/analyse/ladder.hpp"

#include <algorithm>
#include <optional>
#include <string>

#include "harness/analyse/document.hpp"
#include "harness/analyse/machine_facts.hpp"
#include "harness/analyse/wording.hpp"

namespace unitcost {
namespace {

struct Row {
  std::string text;
  const JudgedClaim* judged;
  double ns_per_unit;
};

bool is_row(const JudgedClaim& judged) {
  return !judged.claim->ladder.empty() && judged.parts.size() == 1 && judged.parts.front().measured.estimate.n > 0 &&
         seconds_per(judged.claim->unit).has_value();
}

boost::json::object row_json(const Row& row) {
  const Claim& claim = *row.judged->claim;
  const Measured& measured = row.judged->parts.front().measured;
  const auto in_ns = [&](double value) { return number_json(value * row.ns_per_unit); };
  const auto edge = [&](const std::optional<double>& value) {
    return value ? in_ns(*value) : boost::json::value(nullptr);
  };
  return {{"text", row.text},
          {"value_ns", in_ns(measured.estimate.value)},
          {"low_ns", in_ns(measured.estimate.low)},
          {"high_ns", in_ns(measured.estimate.high)},
          {"n", measured.estimate.n},
          {"scenario", row.judged->scenario},
          {"key", measured.key},
          {"notes_low_ns", edge(row.judged->edges.low)},
          {"notes_high_ns", edge(row.judged->edges.high)},
          {"notes_text",
           claim.expect.is_reported() ? std::string() : expected_text(claim.expect, row.judged->edges, claim.unit)},
          {"claim", claim.id},
          {"verdict", verdict_text(row.judged->verdict)}};
}

}  // namespace

boost::json::object ladder_json(const std::vector<JudgedClaim>& claims, const RunRecord& run) {
  std::vector<Row> rows;
  for (const auto& judged : claims) {
    if (!is_row(judged)) continue;
    rows.push_back({in_english(judged.claim->ladder), &judged, *seconds_per(judged.claim->unit) * 1e9});
  }
  std::ranges::stable_sort(
      rows, {}, [](const Row& row) { return row.judged->parts.front().measured.estimate.value * row.ns_per_unit; });
  FootFacts facts;
  facts.subject = "time of one operation, lower is better";
  boost::json::array array;
  for (const auto& row : rows) {
    facts.count(row.judged->parts.front().measured.estimate);
    array.push_back(row_json(row));
  }
  return {{"rows", std::move(array)}, {"foot", foot_text(facts, run.plan.preview, machine_line(run))}};
}

}  // namespace unitcost
