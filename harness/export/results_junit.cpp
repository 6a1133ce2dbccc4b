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

}  // namespace

std::string results_junit(const Results& results) {
  std::vector<JunitSuite> suites;
  for (const ResultTable& table : results.tables) {
    JunitSuite suite{fmt::format("{}: {} to {}", results.is_gate ? "gate" : "comparison", table.a, table.b), {}};
    for (const ResultRow& row : table.rows) suite.cases.push_back(case_of(row, results.is_gate));
    suites.push_back(std::move(suite));
  }
  return junit_text(suites);
}

}  // namespace unitcost
