// The scenarios of this repository on a run that never happened: every claim finds its cases, every figure its points.
#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include <gmock/gmock.h>

#include "tests/harness/analyse/synthetic_run.hpp"
#include "tests/harness/stats/machine_curve.hpp"

namespace unitcost {
namespace {

using testing::HasSubstr;
using testing::Not;
using namespace testing_support;  // a table of machines reads better without prefixes

const Machine kDesktop{{{48 * kKiB, 1.2}, {1.25 * kMiB, 4.0}, {24 * kMiB, 15.0}}, 90.0, true};

/// Every counter that a scenario reads anywhere.
std::set<std::string> counters_of(const Scenario& scenario) {
  std::set<std::string> counters;
  for (const auto& claim : scenario.claims) {
    counters.insert(claim.metric.counter);
    if (claim.control) counters.insert(claim.control->metric.counter);
    if (claim.ceiling) counters.insert(claim.ceiling->metric.counter);
  }
  for (const auto& figure : scenario.figures) counters.insert(figure.y);
  return counters;
}

/// Of the case, whichever scenario and axis asks for it: several may share its blocks.
double cost_of(const std::string& key) {
  const std::string bytes = "/bytes:";
  const auto at = key.find(bytes);
  return at == std::string::npos ? 10.0 : latency_ns(kDesktop, std::stod(key.substr(at + bytes.size())));
}

SyntheticRun run_of_the_repository() {
  SyntheticRun run;
  for (const auto& scenario : load_scenarios(std::filesystem::path(UNITCOST_TEST_DATA) / ".." / ".." / "scenarios")) {
    run.add(scenario);
    for (const auto& labelled : run.record.plan.labels) {
      if (labelled.scenario != scenario.id) continue;
      const double cost = cost_of(labelled.key);
      for (int round = 0; round <= run.record.plan.rounds; ++round) {
        Block& block = run.find_or_add(labelled.key, round);
        for (const auto& counter : counters_of(scenario)) block.samples[counter] = {wobble(cost, round)};
      }
    }
  }
  return run;
}

TEST(RepositoryClaims, FindTheirCases) {
  const auto whole = run_of_the_repository().analysis();
  EXPECT_FALSE(whole.at("claims").as_array().empty());
  for (const auto& claim : whole.at("claims").as_array()) {
    const std::string name =
        std::string(claim.at("id").as_string()) + " " + std::string(claim.at("variant").as_string());
    const std::string reason(claim.at("reason").as_string());
    EXPECT_THAT(reason, Not(HasSubstr("not measured in this run"))) << name;
    EXPECT_THAT(reason, Not(HasSubstr("leaves an axis open"))) << name;
    EXPECT_THAT(reason, Not(HasSubstr("reports no counter"))) << name;
    EXPECT_THAT(reason, Not(HasSubstr("nothing was measured"))) << name;
    EXPECT_FALSE(reason.empty()) << name;
    const bool was_the_ceiling =
        reason.starts_with("the ceiling was not reached");  // on this made-up machine threads gain nothing
    EXPECT_TRUE(claim.at("verdict") != "not measurable" || was_the_ceiling) << name << ": " << reason;
  }
}

/// Whether each case of the metric is there, at the values that it names.
bool has_cases(const Metric& metric, const std::vector<Expansion>& expansions) {
  return std::ranges::all_of(metric.cases, [&](const std::string& label) {
    return std::ranges::any_of(expansions, [&](const Expansion& one) {
      return one.label == label && std::ranges::all_of(metric.at, [&](const auto& entry) {
               const auto own = one.axes.find(entry.first);
               const auto* number = std::get_if<std::uint64_t>(&entry.second);
               return own == one.axes.end() || number == nullptr || own->second == std::to_string(*number);
             });
    });
  });
}

TEST(RepositoryClaims, AreAllAnsweredByTheProfileThatTheReasonsOfASmallerOneName) {
  const auto folder = std::filesystem::path(UNITCOST_TEST_DATA) / ".." / ".." / "scenarios";
  const Profile standard = load_profile(folder, "standard");
  ExpandOptions options;
  options.cpus = 4;
  options.profile = &standard;
  for (const auto& scenario : load_scenarios(folder)) {
    const auto expansions = expand(scenario, options);
    for (const auto& claim : scenario.claims) {
      const std::string name = claim.id + " " + claim.variant;
      EXPECT_TRUE(has_cases(claim.metric, expansions)) << name;
      EXPECT_TRUE(!claim.control || has_cases(claim.control->metric, expansions)) << name << ": its control";
      EXPECT_TRUE(!claim.ceiling || has_cases(claim.ceiling->metric, expansions)) << name << ": its ceiling";
    }
  }
}

TEST(RepositoryFigures, HavePointsInEverySeries) {
  const auto run = run_of_the_repository();
  std::size_t figures = 0;
  std::size_t series = 0;
  for (const auto& scenario : run.record.scenarios) {
    figures += scenario.figures.size();
    for (const auto& figure : scenario.figures)
      series += figure.cases.empty() ? scenario.case_order.size() : figure.cases.size();
  }
  const auto whole = run.analysis();
  EXPECT_EQ(whole.at("figures").as_array().size(), figures);
  std::size_t found = 0;
  std::set<std::string> ids;
  for (const auto& figure : whole.at("figures").as_array()) {
    found += figure.at("series").as_array().size();
    EXPECT_TRUE(ids.insert(std::string(figure.at("id").as_string())).second);
  }
  EXPECT_GE(found, series);
}

TEST(RepositoryLadder, HasARowForEveryClaimThatNamesOne) {
  const auto run = run_of_the_repository();
  std::size_t named = 0;
  for (const auto& scenario : run.record.scenarios) {
    for (const auto& claim : scenario.claims) named += claim.ladder.empty() ? 0U : 1U;
  }
  const auto whole = run.analysis();
  const auto& rows = whole.at("ladder").at("rows").as_array();
  EXPECT_EQ(rows.size(), named);
  EXPECT_GE(named, 8U);
}

}  // namespace
}  // namespace unitcost
