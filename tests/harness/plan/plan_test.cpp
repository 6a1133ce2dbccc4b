#include "harness/plan/plan.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "harness/base/error.hpp"
#include "harness/plan/budget.hpp"
#include "harness/plan/build.hpp"
#include "harness/plan/order.hpp"
#include "harness/scenario/parse.hpp"

namespace unitcost {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

Scenario scenario(const std::string& id, const std::string& cases, const std::string& run = "cpus = \"one\"") {
  return parse_scenario(
      "schema = 1\nquestion = \"q\"\nwhy = \"w\"\nreading = \"r\"\n[cases]\n" + cases + "\n[run]\n" + run + "\n", id,
      id + ".toml");
}

Profile profile() {
  Profile profile;
  profile.name = "standard";
  return profile;
}

TEST(BuildPlan, RunsACaseOnceHoweverManyLabelsPointAtIt) {
  const Plan plan = build_plan(
      {scenario("f/a", "x = \"c:1\""), scenario("f/b", "z = { program = \"f/a\", name = \"c:1\" }", "timeout_s = 90")},
      profile(), {});
  ASSERT_EQ(plan.cases.size(), 1U);
  EXPECT_EQ(plan.cases[0].key, "f/a:c:1");
  EXPECT_EQ(plan.cases[0].timeout_s, 90);
  ASSERT_EQ(plan.labels.size(), 2U);
  EXPECT_EQ(plan.labels[1].scenario, "f/b");
  EXPECT_EQ(plan.labels[1].key, "f/a:c:1");
}

TEST(BuildPlan, RefusesOneCaseOnTwoCpuSets) {
  const auto one = scenario("f/a", "x = \"c:1\"");
  const auto all = scenario("f/b", "z = { program = \"f/a\", name = \"c:1\" }", "cpus = \"all\"");
  EXPECT_THROW(build_plan({one, all}, profile(), {}), BadInput);
}

TEST(BuildPlan, CountsSystemCallsInBlocksOfTheirOwn) {
  const Plan plan =
      build_plan({scenario("f/a", "t = \"c:1\"\nn = { name = \"c:1\", observe = \"syscalls\" }")}, profile(), {});
  ASSERT_EQ(plan.cases.size(), 2U);
  EXPECT_EQ(plan.cases[1].key, "f/a:c:1#syscalls");
  EXPECT_EQ(plan.cases[1].samples, 1);
  EXPECT_EQ(plan.cases[1].rounds, 10);
  EXPECT_EQ(plan.cases[0].samples, 5);
}

TEST(BuildPlan, KeepsWhatOnlyChooses) {
  const std::vector<Scenario> scenarios{scenario("f/a", "x = \"c:1\"\ny = \"d:1\"")};
  EXPECT_EQ(build_plan(scenarios, profile(), {1, 1, {"f/a:d"}, {}}).cases.size(), 1U);
  EXPECT_EQ(build_plan(scenarios, profile(), {1, 1, {"f/a:y"}, {}}).cases.size(), 1U);  // by label
  EXPECT_EQ(build_plan(scenarios, profile(), {1, 1, {"f"}, {}}).cases.size(), 2U);
}

Plan plan_of(int cases, int rounds) {
  Plan plan;
  plan.seed = 5;
  plan.rounds = rounds;
  for (int i = 0; i < cases; ++i) {
    PlannedCase planned;
    planned.key = "k" + std::to_string(i);
    planned.rounds = rounds;
    plan.cases.push_back(planned);
  }
  return plan;
}

TEST(Order, IsTheSameOnEveryMachine) {
  // Written down once: a change here makes plans of old runs come out in another order.
  EXPECT_THAT(order_of_round(plan_of(8, 10), 1), ElementsAre(0, 4, 1, 5, 6, 7, 3, 2));
  EXPECT_THAT(order_of_round(plan_of(8, 10), 2), ElementsAre(5, 3, 0, 1, 4, 6, 2, 7));
}

TEST(Order, ASlowCaseTakesPartInExactlyItsRoundsWhateverItsPlace) {
  for (int rounds = 6; rounds <= 24; ++rounds) {
    Plan plan = plan_of(30, rounds);
    for (PlannedCase& planned : plan.cases) make_slow(planned, 6);
    std::map<std::size_t, int> taken;
    std::vector<std::size_t> sizes;
    for (int round = 1; round <= rounds; ++round) {
      const auto order = order_of_round(plan, round);
      sizes.push_back(order.size());
      for (const std::size_t index : order) ++taken[index];
    }
    for (const auto& [index, count] : taken) EXPECT_EQ(count, 6) << "case " << index << " of " << rounds << " rounds";
    EXPECT_EQ(taken.size(), 30U);
    // A ratio is paired by round: slow cases run in the same rounds.
    for (const std::size_t size : sizes) EXPECT_TRUE(size == 0 || size == 30U) << "of " << rounds << " rounds";
  }
}

TEST(BuildPlan, WhatTakesHalfAGigabyteIsSlowFromTheStart) {
  const Plan plan =
      build_plan({scenario("f/a", "x = \"c:1\"", "memory = { extra = \"512MiB\" }"), scenario("f/b", "x = \"c:1\"")},
                 profile(), {});
  EXPECT_TRUE(plan.cases[0].slow);
  EXPECT_FALSE(plan.cases[1].slow);
}

TEST(Budget, SetsTimeAsideForRepeats) {
  Plan plan = plan_of(10, 10);
  std::set<std::string> spared;
  for (PlannedCase& planned : plan.cases) {
    planned.expected_s = 0.1;
    spared.insert(planned.key);
  }
  fit_rounds(plan, profile(), 13.0, spared);
  EXPECT_DOUBLE_EQ(plan.repeat_s, 3.0);
  fit_rounds(plan, profile(), 1.0, spared);
  EXPECT_DOUBLE_EQ(plan.repeat_s, 0.4);  // a little, even when time is short
  fit_rounds(plan, profile(), 1e6, spared);
  EXPECT_DOUBLE_EQ(plan.repeat_s, 20.0);  // every block twice again is all there can be
}

TEST(Budget, AddsUpBlocksAndNamesTheLargest) {
  Plan plan = plan_of(2, 10);
  plan.cases[0].expected_s = 0.1;
  plan.cases[1].expected_s = 0.2;
  plan.cases[1].memory_bytes = 1 << 20;
  const Budget budget = budget_of(plan);
  EXPECT_EQ(budget.blocks, 20);
  EXPECT_NEAR(budget.counted_s, 3.0, 0.2);
  EXPECT_EQ(budget.memory_case, "k1");
}

TEST(Budget, LeavesOutWhatNeedsMoreThanHalfOfWhatIsFree) {
  Plan plan = plan_of(2, 10);
  plan.cases[0].memory_bytes = 512U << 20U;
  plan.cases[1].memory_bytes = 513U << 20U;
  drop_what_needs_too_much_memory(plan, std::uint64_t{1} << 30U);
  EXPECT_EQ(plan.cases[0].dropped, "");
  EXPECT_THAT(plan.cases[1].dropped, HasSubstr("half of what is free is 512 MiB"));
}

TEST(Budget, CutsRoundsDownToTheLeastAndSaysSo) {
  Plan plan = plan_of(10, 16);
  for (PlannedCase& planned : plan.cases) planned.expected_s = 1.0;
  Profile standard = profile();
  standard.rounds = 16;
  EXPECT_EQ(fit_rounds(plan, standard, 1000.0), "");
  EXPECT_EQ(plan.rounds, 16);
  EXPECT_THAT(fit_rounds(plan, standard, 130.0), HasSubstr("12 of 16 rounds"));
  EXPECT_EQ(plan.rounds, 12);
  EXPECT_THAT(fit_rounds(plan, standard, 10.0), HasSubstr("--only"));
  EXPECT_EQ(plan.rounds, 10);
}

TEST(Budget, WhereTheLeastRoundsDoNotFitTheCostliestCasesAreMadeSlow) {
  const auto fitted = [](double left_s, const std::set<std::string>& spared = {}) {
    Plan plan = plan_of(4, 10);
    const std::array<double, 4> block_s{0.05, 0.5, 0.3, 0.05};
    for (std::size_t i = 0; i < block_s.size(); ++i) {
      plan.cases[i].expected_s = block_s[i];
      plan.cases[i].samples = 5;
      plan.cases[i].sample_ms = 25;
    }
    const std::string said = fit_rounds(plan, profile(), left_s, spared);
    return std::pair(plan, said);
  };
  const auto slow = [](const Plan& plan) {
    std::vector<bool> are;
    for (const PlannedCase& planned : plan.cases) are.push_back(planned.slow);
    return are;
  };
  {
    const auto [plan, said] = fitted(9.5);  // 9 s and 4 % for repeats
    EXPECT_THAT(slow(plan), ElementsAre(false, false, false, false));
    EXPECT_EQ(said, "");
  }
  {
    const auto [plan, said] = fitted(7.0);
    EXPECT_THAT(slow(plan), ElementsAre(false, true, false, false));
    EXPECT_EQ(plan.cases[1].rounds, profile().slow_rounds);
    EXPECT_EQ(plan.cases[1].samples, 1);
    EXPECT_NEAR(plan.cases[1].expected_s, 0.4, 1e-9) << "four samples less";
    EXPECT_EQ(said,
              "the case that is costliest to set up is measured in 6 rounds of one sample, to stay within the time");
  }
  {
    const auto [plan, said] = fitted(4.9);
    EXPECT_THAT(slow(plan), ElementsAre(false, true, true, false)) << "cheap ones are left alone";
    EXPECT_THAT(said, StartsWith("the 2 cases that are costliest to set up are measured"));
  }
  {
    const auto [plan, said] = fitted(4.5);
    EXPECT_THAT(slow(plan), ElementsAre(true, true, true, false)) << "but where the costly ones are not enough";
    EXPECT_THAT(said, StartsWith("the 2 cases that are costliest to set up and 1 other are measured"));
  }
  {
    const auto [plan, said] = fitted(1.0);
    EXPECT_THAT(slow(plan), ElementsAre(true, true, true, true));
    EXPECT_THAT(said, HasSubstr("; the rounds are expected to take"));
  }
  {
    const auto [plan, said] = fitted(7.6, {plan_of(4, 10).cases[1].key});
    EXPECT_THAT(slow(plan), ElementsAre(false, false, true, false)) << "what is spared is not cut, the next is";
  }
  {
    Plan of_samples = plan_of(2, 10);
    for (PlannedCase& planned : of_samples.cases) planned.expected_s = 0.5;
    of_samples.cases[0].samples = 5;
    of_samples.cases[0].sample_ms = 95;
    fit_rounds(of_samples, profile(), 9.0);
    EXPECT_THAT(slow(of_samples), ElementsAre(false, true)) << "a block that is nearly all samples";
    EXPECT_EQ(fit_rounds(of_samples, profile(), 4.0),
              "1 case is measured in 6 rounds of one sample, to stay within the time");
    EXPECT_THAT(slow(of_samples), ElementsAre(true, true)) << "is cut when nothing else is left";
  }
}

TEST(Budget, OfOnlySomeFamiliesIsTheirOwn) {
  Profile profile;
  profile.budget_s = 570;
  profile.family_budgets_s = {{"memory", 200}, {"allocation", 40}, {"process", 500}};
  const auto budget = [&profile](const std::vector<std::string>& scenarios, const std::vector<std::string>& only) {
    Plan plan;
    plan.only = only;
    for (const std::string& scenario : scenarios) plan.labels.push_back({scenario, "walk", "a/b:walk", {}});
    return budget_for(profile, plan);
  };
  EXPECT_EQ(budget({"memory/tlb", "memory/order", "allocation/heap"}, {"memory", "allocation"}), 240.0);
  EXPECT_EQ(budget({"memory/tlb"}, {"memory/tlb:reach"}), 200.0);
  EXPECT_EQ(budget({"memory/tlb", "allocation/heap"}, {}), 570.0) << "everything is asked for";
  EXPECT_EQ(budget({"memory/tlb", "sync/locks"}, {"memory", "sync"}), 570.0) << "nothing is said of sync";
  EXPECT_EQ(budget({"memory/tlb", "process/fork"}, {"memory", "process"}), 570.0) << "never more than for everything";
  EXPECT_EQ(budget({}, {"program"}), 570.0);
}

TEST(PlanJson, ComesBackAsItWas) {
  Plan plan = plan_of(2, 10);
  plan.profile = "quick";
  plan.preview = true;
  plan.only = {"f"};
  plan.frozen = true;
  plan.cases[0].axes["bytes"] = "4096";
  plan.cases[0].observe = Observe::kSyscalls;
  plan.cases[0].iterations = 1234567890123;
  plan.cases[0].dropped = "no strace";
  plan.labels.push_back({"f/a", "x", "k0", {{"bytes", "4096"}}});
  const auto json = to_json(plan);
  EXPECT_EQ(to_json(plan_from_json(json)), json);
  EXPECT_EQ(plan_from_json(json).cases[0].iterations, 1234567890123);
}

}  // namespace
}  // namespace unitcost
