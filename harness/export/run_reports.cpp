// A run for people and for CI servers: Markdown, and JUnit XML with a test case a claim and a case.
#include <array>
#include <cmath>

#include <fmt/format.h>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "harness/analyse/analyse.hpp"
#include "harness/analyse/machine_facts.hpp"
#include "harness/analyse/wording.hpp"
#include "harness/export/escape.hpp"
#include "harness/export/junit.hpp"
#include "harness/export/limited_text.hpp"
#include "harness/export/results.hpp"
#include "harness/export/run_rows.hpp"

namespace unitcost {
namespace {

/// A claim as the analysis has it.
struct ToldClaim {
  std::string name;
  std::string scenario;
  std::string verdict;
  std::string value;
  std::string expected;
  std::string reason;
};

std::vector<ToldClaim> claims_of(const LoadedRun& run) {
  const boost::json::value analysis = analyse(run.record, run.blocks, run.id);
  std::vector<ToldClaim> claims;
  for (const auto& item : analysis.at("claims").as_array()) {
    const boost::json::object& claim = item.as_object();
    const auto text = [&](const char* key) { return std::string(claim.at(key).as_string()); };
    const std::string variant = text("variant");
    const auto& value = claim.at("value");
    claims.push_back({text("id") + (variant.empty() ? "" : " (" + variant + ")"), text("scenario"), text("verdict"),
                      value.is_null() ? "–" : with_unit(value.to_number<double>(), text("unit")), text("expected"),
                      text("reason")});
  }
  return claims;
}

JunitCase claim_case(const ToldClaim& claim) {
  using State = JunitCase::State;
  const bool is_open = claim.verdict == "undecided" || claim.verdict == "not measurable";
  return {"claims." + claim.scenario, claim.name, claim.verdict, fmt::format("{}: {}", claim.verdict, claim.reason),
          claim.verdict == "refuted" ? State::kFailed
          : is_open                  ? State::kSkipped
                                     : State::kPassed};
}

std::string value_text(const RunRow& row) {
  std::string text = with_unit(row.estimate.value, row.unit);
  if (!std::isnan(row.estimate.low)) text += " " + interval_text(row.estimate.low, row.estimate.high, row.unit);
  return text;
}

/// "; 3 blocks failed: killed by signal 11"; empty where all went well.
std::string failures_text(const RunRow& row) {
  const int failed = row.evidence->failed_blocks;
  return failed == 0 ? "" : fmt::format("; {} failed: {}", counted(failed, "block"), row.evidence->failure);
}

}  // namespace

std::string run_junit_text(const LoadedRun& run, const RunRows& rows) {
  JunitSuite claims{"claims", {}};
  for (const ToldClaim& claim : claims_of(run)) claims.cases.push_back(claim_case(claim));
  JunitSuite cases{"cases", {}};
  for (const RunRow& row : rows.rows) {
    const std::string failures = failures_text(row);
    cases.cases.push_back({"cases", fmt::format("{} {}", row.key, row.counter), failures.empty() ? "" : "failed",
                           fmt::format("{}, {} blocks{}", value_text(row), row.estimate.n, failures),
                           failures.empty() ? JunitCase::State::kPassed : JunitCase::State::kError});
  }
  for (const auto& [key, reason] : rows.failed)
    cases.cases.push_back({"cases", key, "failed", reason, JunitCase::State::kError});
  for (const auto& [key, reason] : rows.not_measured)
    cases.cases.push_back({"cases", key, "", reason, JunitCase::State::kSkipped});
  return junit_text({claims, cases});
}

std::string run_markdown(const LoadedRun& run, const RunRows& rows) {
  constexpr std::size_t kReserve = 200;
  LimitedText text(kMostMarkdownCharacters, kReserve);
  text.add(fmt::format("### Unitcost run {}\n\n{}\n\n", run.id, markdown_escaped(machine_line(run.record))));
  for (const std::string& warning : rows.warnings) text.add(fmt::format("> {}\n>\n", markdown_escaped(warning)));
  const std::vector<ToldClaim> claims = claims_of(run);
  if (!claims.empty()) text.add("\n| verdict | claim | measured | expected | why |\n|---|---|---|---|---|\n");
  for (const ToldClaim& claim : claims) {
    text.add(fmt::format("| {} | {} | {} | {} | {} |\n", claim.verdict, markdown_code(claim.name),
                         markdown_escaped(claim.value), markdown_escaped(claim.expected),
                         markdown_escaped(claim.reason)));
  }
  text.add("\n| case | counter | median and interval | blocks |\n|---|---|---|---|\n");
  for (const RunRow& row : rows.rows)
    text.add(fmt::format("| {} | {} | {} | {} |\n", markdown_code(row.key), markdown_code(row.counter),
                         markdown_escaped(value_text(row) + failures_text(row)), row.estimate.n));
  for (const auto* list : {&rows.failed, &rows.not_measured}) {
    for (const auto& [key, reason] : *list)
      text.add(fmt::format("| {} | | {} | |\n", markdown_code(key), markdown_escaped(reason)));
  }
  if (text.left_out() == 0) return text.closed_with("");
  return text.closed_with(fmt::format("\n**{} lines were left out**: this text may have {} characters.\n",
                                      text.left_out(), kMostMarkdownCharacters));
}

}  // namespace unitcost
