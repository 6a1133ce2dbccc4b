// The scenarios and profiles of this repository: sound in themselves, and with each other.
#include <algorithm>
#include <filesystem>
#include <map>
#include <set>
#include <string>

#include <gmock/gmock.h>

#include "harness/scenario/expand.hpp"
#include "harness/scenario/parse.hpp"

namespace unitcost {
namespace {

std::filesystem::path folder() { return std::filesystem::path(UNITCOST_TEST_DATA) / ".." / ".." / "scenarios"; }

class RepositoryScenarios : public ::testing::Test {
 protected:
  std::vector<Scenario> all_ = load_scenarios(folder());
};

TEST_F(RepositoryScenarios, ExpandToDistinctCasesOnAnyMachine) {
  for (const Scenario& scenario : all_) {
    for (const int cpus : {1, 2, 6, 64}) {
      ExpandOptions options;
      options.cpus = cpus;
      std::set<std::pair<std::string, std::string>> seen;
      for (const Expansion& one : expand(scenario, options)) {
        EXPECT_TRUE(seen.emplace(one.label, key_of(one)).second)
            << scenario.id << " " << one.label << " " << key_of(one);
      }
      EXPECT_FALSE(seen.empty()) << scenario.id;
    }
  }
}

TEST_F(RepositoryScenarios, ConflictsNameClaimsThatExistAndAnswer) {
  std::map<std::string, std::set<std::string>> conflicts;
  for (const Scenario& scenario : all_) {
    for (const Claim& claim : scenario.claims)
      conflicts[claim.id].insert(claim.conflicts.begin(), claim.conflicts.end());
  }
  for (const auto& [id, others] : conflicts) {
    for (const std::string& other : others) {
      ASSERT_TRUE(conflicts.contains(other)) << id << " conflicts with " << other << ", which no scenario has";
      EXPECT_TRUE(conflicts.at(other).contains(id)) << other << " does not name " << id;
    }
  }
}

class RepositoryProfile : public ::testing::TestWithParam<std::string> {};

TEST_P(RepositoryProfile, NamesWhatExists) {
  const Profile profile = load_profile(folder(), GetParam());
  EXPECT_NO_THROW(check_profile(profile, load_scenarios(folder())));
  EXPECT_GE(profile.rounds, 6) << "six rounds are the least that give an interval of 95 %";
  EXPECT_GE(profile.slow_rounds, 6);
}

INSTANTIATE_TEST_SUITE_P(All, RepositoryProfile, ::testing::Values("quick", "standard", "full", "honesty"));

TEST_F(RepositoryScenarios, QuickCanDecideEveryClaimInOneVariantAtLeast) {
  const Profile quick = load_profile(folder(), "quick");
  ExpandOptions options;
  options.cpus = 2;
  options.profile = &quick;
  std::set<std::string> claims;
  std::set<std::string> decidable;
  for (const Scenario& scenario : all_) {
    std::set<std::string> run;
    for (const Expansion& one : expand(scenario, options)) run.insert(one.label);
    const auto runs_all_of = [&run](const Metric& metric) {
      return std::all_of(metric.cases.begin(), metric.cases.end(),
                         [&run](const std::string& label) { return run.contains(label); });
    };
    for (const Claim& claim : scenario.claims) {
      claims.insert(claim.id);
      const bool guarded = (!claim.control || runs_all_of(claim.control->metric)) &&
                           (!claim.ceiling || runs_all_of(claim.ceiling->metric));
      if (runs_all_of(claim.metric) && guarded) decidable.insert(claim.id);
    }
  }
  EXPECT_EQ(decidable, claims);
}

}  // namespace
}  // namespace unitcost
