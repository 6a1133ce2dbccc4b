// Judgements over duels whose truth is known.
#include "harness/honesty/findings.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "harness/honesty/table.hpp"
#include "tests/harness/honesty/digests.hpp"

namespace unitcost {
namespace {

using testing::HasSubstr;

Piece piece_of(Phase phase, int number) {
  Piece piece;
  piece.phase = phase;
  piece.name = std::string(phase_text(phase)) + "-" + std::to_string(number);
  piece.seed = 100 * (static_cast<std::uint64_t>(phase) + 1) + static_cast<std::uint64_t>(number);
  return piece;
}

struct Check {
  HonestyState state;
  std::vector<DuelDigest> done;

  void add(const DuelDigest& digest) {
    state.pieces.push_back(digest.piece);
    done.push_back(digest);
  }
  void add_same(int duels, const std::vector<SyntheticCase>& cases) {
    for (int number = 1; number <= duels; ++number) {
      const Piece piece = piece_of(Phase::kSame, number);
      add(pilot_digest(piece, cases, piece.seed));
    }
  }
  [[nodiscard]] NumberReached finding(const std::string& begin) const {
    const Honesty honesty = judge_honesty(state, done);
    const auto found =
        std::ranges::find_if(honesty.findings, [&](const NumberReached& each) { return each.what.starts_with(begin); });
    return found == honesty.findings.end() ? NumberReached{} : *found;
  }
};

TEST(Honesty, ABuildAgainstItsCopyReachesWhatIsAsked) {
  Check check;
  check.add_same(25, quiet_cases(40, 0.002, 0.012));
  const NumberReached alarms = check.finding("A against its copy: gated alarms");
  EXPECT_EQ(alarms.reached, Reached::kYes);
  EXPECT_EQ(alarms.measured, "0 of 1000 verdicts in 25 duels");
  EXPECT_EQ(check.finding("A against its copy: p-values uniform").reached, Reached::kYes);
  EXPECT_EQ(check.finding("Pair spread, median").reached, Reached::kYes);
  EXPECT_EQ(check.finding("A against A relinked").reached, Reached::kNotYet);
}

TEST(Honesty, AFalseAlarmIsAMiss) {
  Check check;
  auto cases = quiet_cases(40, 0.002, 0.012);
  check.add_same(24, cases);
  cases[3].control_effect = 0.05;
  const Piece piece = piece_of(Phase::kSame, 25);
  check.add(pilot_digest(piece, cases, piece.seed));
  const NumberReached alarms = check.finding("A against its copy: gated alarms");
  EXPECT_EQ(alarms.reached, Reached::kNo);
  EXPECT_EQ(alarms.measured, "1 of 1000 verdicts in 25 duels");
}

TEST(Honesty, FewerDuelsOrCasesThanAskedAreNotEnough) {
  Check few_duels;
  few_duels.add_same(24, quiet_cases(40, 0.002, 0.01));
  EXPECT_EQ(few_duels.finding("A against its copy: gated alarms").reached, Reached::kNo);
  Check few_cases;
  few_cases.add_same(25, quiet_cases(39, 0.002, 0.01));
  const NumberReached alarms = few_cases.finding("A against its copy: gated alarms");
  EXPECT_EQ(alarms.reached, Reached::kNo);
  EXPECT_THAT(alarms.measured, HasSubstr("25 of them with fewer cases"));
}

TEST(Honesty, WhatIsPlannedAndNotDoneIsNotJudged) {
  Check check;
  check.add_same(25, quiet_cases(40, 0.002, 0.01));
  check.state.pieces.push_back(piece_of(Phase::kSame, 26));
  EXPECT_EQ(check.finding("A against its copy: gated alarms").reached, Reached::kNotYet);
}

TEST(Honesty, ABiasWithinTheMarginShowsInThePValues) {
  Check check;
  auto cases = quiet_cases(40, 0.004, 0.01);
  for (SyntheticCase& one : cases) one.control_effect = 0.003;  // too little for an alarm
  check.add_same(25, cases);
  EXPECT_EQ(check.finding("A against its copy: gated alarms").reached, Reached::kYes);
  EXPECT_EQ(check.finding("A against its copy: p-values uniform").reached, Reached::kNo);
}

TEST(Honesty, RandomisedPValuesAreThoseOfTheSeed) {
  Check check;
  check.add_same(2, quiet_cases(5, 0.002, 0.01));
  const auto once = randomised_p(check.done, 7);
  EXPECT_EQ(once, randomised_p(check.done, 7));
  EXPECT_NE(once, randomised_p(check.done, 8));
  ASSERT_EQ(once.size(), 10U);
  for (std::size_t at = 0; at < once.size(); ++at) {
    const CaseDigest& one = check.done[at / 5].cases[at % 5];
    EXPECT_GE(once[at], one.p_beyond);
    EXPECT_LE(once[at], one.p);
  }
}

TEST(Honesty, NamesCasesThatScatterAndWantsAReason) {
  Check check;
  auto cases = quiet_cases(9, 0.002, 0.008);
  cases.push_back({"wild", 0.0, 0.06});
  check.add_same(5, cases);
  const Honesty honesty = judge_honesty(check.state, check.done);
  const std::string bare = honesty_table(honesty, {});
  EXPECT_THAT(bare, HasSubstr("`fake/program:wild`"));
  EXPECT_THAT(bare, HasSubstr("no reason is written down yet"));
  EXPECT_THAT(honesty_table(honesty, {{"fake/program:wild", "two threads want one lock"}}),
              HasSubstr("| two threads want one lock |"));
  EXPECT_EQ(bare.find("`fake/program:case:0`"), std::string::npos);
}

Check with_planted(double effect, double sd, int duels) {
  Check check;
  for (int number = 1; number <= duels; ++number) {
    Piece piece = piece_of(Phase::kPlanted, number);
    piece.effect = effect;
    auto cases = quiet_cases(20, sd, sd);
    for (SyntheticCase& one : cases) {
      one.effect = std::log1p(effect);
      piece.delays["fake/program:" + one.name] = effect;
    }
    check.add(duel_digest(piece, cases, piece.seed));
  }
  return check;
}

TEST(Honesty, PlantedDelaysAreFoundOrNot) {
  EXPECT_EQ(with_planted(0.025, 0.005, 5).finding("Planted 2.5 %").reached, Reached::kYes);
  EXPECT_EQ(with_planted(0.025, 0.03, 5).finding("Planted 2.5 %").reached, Reached::kNo);
  const NumberReached few = with_planted(0.025, 0.005, 4).finding("Planted 2.5 %");
  EXPECT_EQ(few.reached, Reached::kNo) << "80 trials are fewer than 100";
  EXPECT_EQ(few.measured, "100.0 % of 80 trials, 20 pairs");
}

TEST(Honesty, AClassWithoutACaseHasNothingToSay) {
  Check check;
  check.add_same(2, quiet_cases(5, 0.002, 0.004));
  EXPECT_EQ(check.finding("Planted 10 %").reached, Reached::kNothingToSay);
  EXPECT_EQ(Check{}.finding("Planted 10 %").reached, Reached::kNotYet);
}

TEST(Honesty, WhatIsJustSeenMustBeMissedNowAndThen) {
  const auto with_found = [](int found) {  // of 120 trials in three duels
    Check check;
    check.state.wishes.visible = 3;
    for (int number = 0; number <= 3; ++number) {
      Piece piece = piece_of(Phase::kVisible, number);
      const auto cases = quiet_cases(40, 0.008, 0.008);
      if (number > 0) {
        for (const SyntheticCase& one : cases) piece.delays["fake/program:" + one.name] = 0.02;
      }
      DuelDigest digest = duel_digest(piece, cases, piece.seed);
      if (number > 0) {
        for (CaseDigest& one : digest.cases) one.told[kOurs] = found-- > 0 ? Told::kSlower : Told::kSilent;
      }
      check.add(digest);
    }
    return check.finding("The smallest visible effect");
  };
  EXPECT_EQ(with_found(108).reached, Reached::kYes);
  EXPECT_EQ(with_found(108).measured, "90.0 % of 120 trials, 20 pairs");
  EXPECT_EQ(with_found(118).reached, Reached::kNo) << "what is always found is not the smallest";
  EXPECT_EQ(with_found(100).reached, Reached::kNo);
}

TEST(Honesty, ALoadOnOneSideIsDemotedByTheNullControl) {
  Check check;
  const Piece piece = piece_of(Phase::kLoaded, 1);
  auto cases = quiet_cases(40, 0.02, 0.02);
  for (SyntheticCase& one : cases) one.effect = one.control_effect = 0.6;
  check.add(duel_digest(piece, cases, piece.seed));
  const NumberReached loaded = check.finding("Load on side B alone");
  EXPECT_EQ(loaded.reached, Reached::kYes);
  EXPECT_THAT(loaded.measured, HasSubstr("demoted 1 of 1 duels"));
  for (SyntheticCase& one : cases) one.control_effect = 0.0;  // a load that the control does not see is a slower B
  Check blind;
  blind.add(duel_digest(piece, cases, piece.seed));
  EXPECT_EQ(blind.finding("Load on side B alone").reached, Reached::kNo);
}

TEST(Honesty, CountsWhatEachRuleTells) {
  Check check = with_planted(0.025, 0.005, 2);
  check.add_same(2, quiet_cases(10, 0.01, 0.01));
  const Honesty honesty = judge_honesty(check.state, check.done);
  ASSERT_EQ(honesty.rules.size(), 2U);
  EXPECT_TRUE(honesty.rules[0].is_false);
  EXPECT_EQ(honesty.rules[0].verdicts, 20);
  EXPECT_EQ(honesty.rules[0].told[kOurs], 0);
  EXPECT_EQ(honesty.rules[1].verdicts, 40);
  EXPECT_EQ(honesty.rules[1].told[kOurs], 40);
  const std::string table = honesty_table(honesty, {});
  EXPECT_THAT(table, HasSubstr("| 2.5 % | 40 |"));
  EXPECT_THAT(table, HasSubstr("U test"));
}

}  // namespace
}  // namespace unitcost
