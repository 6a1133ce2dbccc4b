// Results as JUnit XML, as Jenkins and GitLab read it.
#include <fmt/format.h>

#include "harness/export/junit.hpp"
#include "harness/export/results.hpp"

namespace unitcost {
namespace {

JunitCase case_of(const ResultRow& row, bool is_gate) {
  JunitCase result;
  result.suite = is_gate ? "gate" : "comparison";
  result.name = row.counter.empty() ? row.key : fmt::format("{} {}", row.key, row.counter);
  result.text = row.change.empty() ? row.reason : fmt::format("{} {}: {}", row.change, row.interval, row.reason);
  if (row.weight == ResultRow::Weight::kRegression && is_gate) result.state = JunitCase::State::kFailed;
  const bool is_open =
      row.weight == ResultRow::Weight::kInconclusive || row.weight == ResultRow::Weight::kNotComparable;
  if (is_open) result.state = JunitCase::State::kSkipped;
  result.word = row.word;
  return result;
}

JunitCase claim_case(const ComparedClaim& claim, const ResultTable& table, bool is_gate) {
  using State = JunitCase::State;
  const bool is_lost = claim.change == ComparedClaim::Change::kLost;
  const bool has_enough = claim.sessions_a >= kLeastGateSessions && claim.sessions_b >= kLeastGateSessions;
  JunitCase result;
  result.suite = "claims." + claim.scenario;
  result.name = claim.name;
  result.word = is_lost ? "lost" : "";
  result.text = fmt::format("{} in {}, {} in {}", claim.a, table.a, claim.b, table.b);
  if (!claim.reason.empty()) result.text += ": " + claim.reason;
  if (claim.change == ComparedClaim::Change::kOpen) result.state = State::kSkipped;
  if (is_lost && is_gate) result.state = has_enough ? State::kFailed : State::kSkipped;
  return result;
}

}  // namespace

std::string results_junit(const Results& results) {
  std::vector<JunitSuite> suites;
  for (const ResultTable& table : results.tables) {
    JunitSuite suite{fmt::format("{}: {} to {}", results.is_gate ? "gate" : "comparison", table.a, table.b), {}};
    for (const ResultRow& row : table.rows) suite.cases.push_back(case_of(row, results.is_gate));
    suites.push_back(std::move(suite));
    if (table.claims.empty()) continue;
    JunitSuite claims{fmt::format("claims: {} to {}", table.a, table.b), {}};
    for (const ComparedClaim& claim : table.claims) claims.cases.push_back(claim_case(claim, table, results.is_gate));
    suites.push_back(std::move(claims));
  }
  return junit_text(suites);
}

}  // namespace unitcost
