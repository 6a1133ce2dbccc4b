// What a comparison can see: the simulation against fresh simulated comparisons, judged by the real test and interval.
#include "harness/stats/power.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "harness/stats/estimate.hpp"
#include "harness/stats/order_statistics.hpp"
#include "harness/stats/random.hpp"
#include "harness/stats/signed_rank.hpp"
#include "harness/stats/spread.hpp"

namespace unitcost {
namespace {

std::vector<double> drawn(Random& random, int pairs, double effect, double sd) {
  std::vector<double> logs;
  for (int i = 0; i < pairs; ++i) logs.push_back(effect + sd * random.normal());
  return logs;
}

Estimate interval_of(const std::vector<double>& logs) {
  return estimate_difference(logs, std::vector<double>(logs.size(), 0.0));
}

/// Whether a fresh comparison finds `effect`.
bool finds(Random& random, int pairs, double effect, double sd, const FindingRule& rule) {
  double margin = rule.margin;
  if (rule.has_control) {
    const Estimate control = interval_of(drawn(random, pairs, 0.0, sd));
    margin = std::max({margin, std::abs(control.low), std::abs(control.high)});
  }
  const std::vector<double> logs = drawn(random, pairs, effect, sd);
  return signed_rank_test(logs).p <= rule.level && interval_of(logs).low > margin;
}

double found_share(int pairs, double effect, double sd, const FindingRule& rule) {
  Random random(99);
  constexpr int kTrials = 2000;
  int found = 0;
  for (int trial = 0; trial < kTrials; ++trial) found += finds(random, pairs, effect, sd, rule) ? 1 : 0;
  return static_cast<double>(found) / kTrials;
}

TEST(Power, WhatIsCalledVisibleIsFoundInNineOfTen) {
  PowerTable table;
  for (const int pairs : {16, 20, 32}) {
    for (const FindingRule rule : {FindingRule{0.01, 0.05}, FindingRule{0.0, 0.05 / 40}, FindingRule{0.01, 0.05 / 1000},
                                   FindingRule{0.01, 0.05 / 40, true}}) {
      const double visible = table.smallest_visible_effect(pairs, 0.02, rule);
      EXPECT_NEAR(found_share(pairs, visible, 0.02, rule), 0.9, 0.04) << pairs << " " << rule.level;
    }
  }
}

TEST(Power, TheShareThatFindsAnEffectIsThatOfFreshComparisons) {
  PowerTable table;
  const FindingRule rule{0.01, 0.05 / 40, true};
  for (const double effect : {0.02, 0.03, 0.05})
    EXPECT_NEAR(table.share_found(20, effect, 0.02, rule), found_share(20, effect, 0.02, rule), 0.04) << effect;
  EXPECT_NEAR(table.share_found(20, table.smallest_visible_effect(20, 0.02, rule), 0.02, rule), 0.9, 1e-9);
  EXPECT_EQ(table.share_found(20, 0.01, 0.02, rule), 0.0) << "no more than the margin";
  EXPECT_EQ(table.share_found(5, 1.0, 0.02, rule), 0.0) << "no interval";
  EXPECT_GT(table.share_found(200, 0.02, 0.02, rule), table.share_found(64, 0.02, 0.02, rule));
}

/// As a duel prints it: from the spread of its own pairs and of its null control's, for the next duel, which draws a control of its own.
TEST(Power, WhatADuelPrintsIsFoundByTheNextOne) {
  constexpr int kTrials = 2000;
  constexpr int kPairs = 20;
  PowerTable table;
  const FindingRule rule{0.01, 0.05 / 40, true, 2 * kPairs};
  for (const double sd : {0.002, 0.004, 0.008, 0.015, 0.03}) {
    Random random(5);
    int found = 0;
    for (int trial = 0; trial < kTrials; ++trial) {
      const double seen = pooled_robust_sd({drawn(random, kPairs, 0.0, sd), drawn(random, kPairs, 0.0, sd)});
      found += finds(random, kPairs, table.smallest_visible_effect(kPairs, seen, rule), sd, rule) ? 1 : 0;
    }
    EXPECT_NEAR(static_cast<double>(found) / kTrials, 0.9, 0.04) << sd;
  }
}

TEST(Power, ScalesBeyondWhatIsSimulated) {
  PowerTable table;
  const FindingRule rule{0.01, 0.05 / 40};
  const double visible = table.smallest_visible_effect(120, 0.05, rule);
  EXPECT_NEAR(found_share(120, visible, 0.05, rule), 0.9, 0.04);
}

TEST(Power, TheNeededPairsFindTheEffect) {
  PowerTable table;
  const FindingRule rule{0.01, 0.05 / 40};
  for (const double sd : {0.005, 0.02, 0.05}) {
    for (const double effect : {0.02, 0.05, 0.10}) {
      const auto pairs = table.pairs_needed(effect, sd, rule);
      if (!pairs || *pairs > 64) continue;  // the exact test of many pairs takes long
      EXPECT_EQ(*pairs % 2, 0);
      EXPECT_GE(found_share(*pairs, effect, sd, rule), 0.86) << sd << " " << effect;
    }
  }
  EXPECT_EQ(table.pairs_needed(0.10, 0.002, rule), kLeastGatedPairs);
}

TEST(Power, NoNumberOfPairsShowsWhatTheMarginHides) {
  PowerTable table;
  EXPECT_FALSE(table.pairs_needed(0.01, 0.001, {0.01, 0.05}).has_value());
  EXPECT_FALSE(table.pairs_needed(0.0101, 0.05, {0.01, 0.05}).has_value());  // more than a thousand
}

TEST(Power, AFamilyCanBeTooLargeForTheCount) {
  PowerTable table;
  EXPECT_TRUE(std::isinf(table.smallest_visible_effect(6, 0.01, {0.01, 0.05 / 40})));
  EXPECT_TRUE(std::isinf(table.smallest_visible_effect(4, 0.01, {0.01, 0.05})));
}

TEST(Spread, IsTheStandardDeviationOfNormalValuesAndForgetsSpikes) {
  Random random(4);
  std::vector<double> values;
  for (int i = 0; i < 20001; ++i) values.push_back(3.0 + 0.5 * random.normal());
  EXPECT_NEAR(robust_sd(values), 0.5, 0.01);
  for (int i = 0; i < 200; ++i) values[static_cast<std::size_t>(i)] = 1e9;
  EXPECT_NEAR(robust_sd(values), 0.5, 0.02);
  EXPECT_TRUE(std::isnan(robust_sd({})));
  EXPECT_DOUBLE_EQ(robust_sd({7.0, 7.0}), 0.0);
}

TEST(Spread, PoolsGroupsAroundTheirOwnMedians) {
  EXPECT_DOUBLE_EQ(pooled_robust_sd({{1, 2, 3}, {101, 102, 103}, {}}), robust_sd({1, 2, 3}));
}

}  // namespace
}  // namespace unitcost
