// Outcomes from pairs whose truth is known.
#include "harness/duel/judge_duel.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "harness/duel/duel_document.hpp"
#include "tests/harness/duel/synthetic_duel.hpp"

namespace unitcost {
namespace {

JudgedCase judged_alone(const SyntheticDuel& duel) { return judge_duel(duel.record, duel.pairs).cases.at(0); }

TEST(JudgeDuel, FindsWhatIsSlowerAndWhatIsFaster) {
  const SyntheticDuel duel({{"slower", std::log(1.05), 0.01}, {"faster", std::log(0.9), 0.01}, {"same", 0.0, 0.004}});
  const JudgedDuel judged = judge_duel(duel.record, duel.pairs);
  ASSERT_EQ(judged.cases.size(), 3U);
  EXPECT_EQ(judged.cases[0].outcome, DuelOutcome::kRegression);
  EXPECT_NEAR(judged.cases[0].duel.ratio.value, 1.05, 0.01);
  EXPECT_EQ(judged.cases[1].outcome, DuelOutcome::kImprovement);
  EXPECT_EQ(judged.cases[2].outcome, DuelOutcome::kEquivalent);
  EXPECT_LE(judged.cases[0].q, 0.05);
  EXPECT_EQ(judged.not_gateable, "");
}

TEST(JudgeDuel, SaysWhatItCouldHaveSeenWhereItCannotTell) {
  const SyntheticDuel duel({{"noisy", 0.03, 0.03}});
  const JudgedCase judged = judged_alone(duel);
  EXPECT_EQ(judged.outcome, DuelOutcome::kInconclusive);
  EXPECT_GT(judged.visible, judged.margin);
  EXPECT_LT(judged.visible, 0.1);
  ASSERT_TRUE(judged.more_pairs.has_value());
  EXPECT_GT(*judged.more_pairs, 0);
}

TEST(JudgeDuel, WidensTheMarginByTheNullControl) {
  // A control that is off by 3 % on average: a duel that is off by 3 % as well says nothing.
  const SyntheticDuel duel({{"biased", 0.03, 0.005, 0.03}});
  const JudgedDuel judged = judge_duel(duel.record, duel.pairs);
  EXPECT_GT(judged.cases[0].margin, 0.03);
  EXPECT_NE(judged.cases[0].outcome, DuelOutcome::kRegression);
  EXPECT_TRUE(judged.cases[0].control_fired);
  EXPECT_THAT(judged.fired, testing::ElementsAre("fake/program:biased"));
  EXPECT_THAT(judged.not_gateable, testing::HasSubstr("null control of fake/program:biased"));
}

TEST(JudgeDuel, CallsNothingEquivalentOnAMachineThatCannotTell) {
  const SyntheticDuel duel({{"wild", 0.0, 0.02, 0.25}});
  EXPECT_EQ(judged_alone(duel).outcome, DuelOutcome::kInconclusive);
}

TEST(JudgeDuel, NeverCallsADifferenceWithinOnePercentARegression) {
  const SyntheticDuel duel({{"tiny", 0.006, 0.001}});
  const JudgedCase judged = judged_alone(duel);
  EXPECT_EQ(judged.outcome, DuelOutcome::kEquivalent);
  EXPECT_LE(judged.duel.p_holm, 0.05);  // it is there, and it does not matter
}

TEST(JudgeDuel, NothingMayBeGatedOnAnEmulatedMachine) {
  SyntheticDuel duel({{"same", 0.0, 0.004}});
  duel.record.machine["emulated"] = {Fact::Kind::kIdentity, false, ""};
  EXPECT_EQ(judge_duel(duel.record, duel.pairs).not_gateable, "");
  duel.record.machine["emulated"].value = true;
  EXPECT_THAT(judge_duel(duel.record, duel.pairs).not_gateable, testing::HasSubstr("emulated machine"));
}

TEST(JudgeDuel, CountsThePairsInWhichBFailed) {
  SyntheticDuel duel({{"one", 0.0, 0.004}, {"two", 0.0, 0.004}});
  const auto fail = [&](PairKind kind, int round, const std::string& reason) {
    Pair pair = synthetic_pair("fake/program:two", kind, round, 0.0);
    pair.outcome = Outcome::kFailed;
    pair.reason = reason;
    pair.slices = {};
    duel.pairs.push_back(pair);
  };
  fail(PairKind::kDuel, 21, "B: signal 11");
  fail(PairKind::kDuel, 22, "A: signal 11");
  fail(PairKind::kControl, 23, "the copy of A: signal 11");
  const JudgedDuel judged = judge_duel(duel.record, duel.pairs);
  EXPECT_EQ(judged.cases[0].failed_in_b, 0);
  EXPECT_EQ(judged.cases[1].failed_in_b, 1);
  const auto document = duel_document({"", "0123456789ab", duel.record, duel.pairs});
  EXPECT_EQ(document.at("cases").at(1).at("failed").to_number<int>(), 1);
}

TEST(JudgeDuel, StaysSilentWhenAProgramMeetsItself) {
  int alarms = 0;
  int fired = 0;
  int raw = 0;
  constexpr int kDuels = 25;
  constexpr int kCases = 40;
  for (int duel = 1; duel <= kDuels; ++duel) {
    std::vector<SyntheticCase> cases;
    for (int i = 0; i < kCases; ++i) cases.push_back({"case:" + std::to_string(i), 0.0, 0.002 * (1 + i % 10)});
    const SyntheticDuel same(cases, 20, static_cast<std::uint64_t>(duel));
    const JudgedDuel judged = judge_duel(same.record, same.pairs);
    for (const JudgedCase& each : judged.cases) {
      if (each.outcome == DuelOutcome::kRegression || each.outcome == DuelOutcome::kImprovement) ++alarms;
      if (each.duel.p <= 0.05) ++raw;
    }
    fired += static_cast<int>(judged.fired.size());
  }
  EXPECT_EQ(alarms, 0);
  EXPECT_EQ(fired, 0);
  EXPECT_NEAR(raw, 0.05 * kDuels * kCases, 25);  // a 5 % is a 5 %
}

TEST(JudgeDuel, FindsAPlantedEffectAtItsSpread) {
  int found = 0;
  constexpr int kDuels = 200;
  for (int duel = 1; duel <= kDuels; ++duel) {
    const SyntheticDuel planted({{"planted", std::log(1.04), 0.015}}, 20, static_cast<std::uint64_t>(duel));
    if (judged_alone(planted).outcome == DuelOutcome::kRegression) ++found;
  }
  EXPECT_GE(found, kDuels * 95 / 100);
}

TEST(JudgeDuel, OfRepeatedPairsTheFirstCleanOneCounts) {
  SyntheticDuel duel({{"case", 0.0, 0.001}}, 6);
  for (int attempt = 2; attempt <= 3; ++attempt) {
    Pair again = synthetic_pair("fake/program:case", PairKind::kDuel, 1, attempt == 2 ? 0.5 : 0.9);
    again.attempt = attempt;
    duel.pairs.push_back(again);
  }
  EXPECT_LT(judged_alone(duel).duel.logs[0], 0.1);
  duel.pairs[0].contaminated = {"steal"};
  EXPECT_NEAR(judged_alone(duel).duel.logs[0], 0.5, 1e-9);
  for (Pair& pair : duel.pairs) {
    if (pair.round == 1) pair.contaminated = {"steal"};
  }
  EXPECT_NEAR(judged_alone(duel).duel.logs[0], 0.9, 1e-9);
  EXPECT_EQ(judged_alone(duel).duel.contaminated, 1);
}

TEST(JudgeDuel, LeavesOutWhatFailedAndWhatHasNoPairs) {
  SyntheticDuel duel({{"good"}, {"failed"}, {"never"}}, 6);
  duel.record.plan.cases[1].planned.dropped = "failed: B: killed";
  std::erase_if(duel.pairs, [](const Pair& pair) { return pair.case_key == "fake/program:never"; });
  const JudgedDuel judged = judge_duel(duel.record, duel.pairs);
  EXPECT_EQ(judged.cases.size(), 1U);
  EXPECT_EQ(judged.not_compared.size(), 2U);
}

TEST(JudgeDuel, ForbidsAGateOnTooFewPairsOrHalfADuel) {
  SyntheticDuel duel({{"case"}}, 15);
  EXPECT_THAT(judge_duel(duel.record, duel.pairs).not_gateable, testing::HasSubstr("15 pairs"));
  SyntheticDuel half({{"case"}}, 20);
  half.record.status = "interrupted";
  EXPECT_THAT(judge_duel(half.record, half.pairs).not_gateable, testing::HasSubstr("interrupted"));
}

TEST(JudgeDuel, SaysNothingBelowSixPairs) {
  const SyntheticDuel duel({{"case", 0.5, 0.001}}, 5);
  EXPECT_EQ(judged_alone(duel).outcome, DuelOutcome::kInconclusive);
}

TEST(PilotNeeds, GrowWithTheSpreadAndShrinkWithTheEffect) {
  SyntheticDuel duel({{"quiet", 0.0, 0.003}, {"noisy", 0.0, 0.03}});
  duel.record.plan.pilot = true;
  std::erase_if(duel.pairs, [](const Pair& pair) { return pair.kind == PairKind::kDuel; });
  const JudgedDuel judged = judge_duel(duel.record, duel.pairs);
  const auto needs = pilot_needs(judged);
  ASSERT_EQ(needs.size(), 2U);
  EXPECT_EQ(needs[0].needs[3].pairs, 16);
  ASSERT_TRUE(needs[1].needs[2].pairs.has_value());
  EXPECT_GT(*needs[1].needs[1].pairs, *needs[1].needs[2].pairs);
  EXPECT_DOUBLE_EQ(needs[0].needs[3].seconds, 2 * 16 * 0.2);
}

}  // namespace
}  // namespace unitcost
