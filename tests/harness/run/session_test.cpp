// Rounds without children: what runs, in which order, what is repeated, and that a broken run taken up again ends as the unbroken one.
#include "harness/run/session.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdio>
#include <map>
#include <numeric>
#include <set>
#include <tuple>

namespace unitcost {
namespace {

class FakeClock final : public Clock {
 public:
  [[nodiscard]] double now_s() const override { return now; }
  [[nodiscard]] std::string utc() const override { return "2026-01-02T03:04:05Z"; }
  double now = 0.0;
};

using Key = std::tuple<std::string, int, int>;
Key key_of(const Block& block) { return {block.case_key, block.round, block.attempt}; }

/// A run on a machine that answers as `answer` says.
struct Fixture {
  explicit Fixture(int cases, int rounds = 10) {
    profile.rounds = rounds;
    profile.name = "standard";
    record.plan.seed = 42;
    record.plan.rounds = rounds;
    for (int i = 0; i < cases; ++i) {
      PlannedCase planned;
      planned.program = "fake/program";
      planned.name = "case:" + std::to_string(i);
      planned.key = planned.program + ":" + planned.name;
      planned.rounds = rounds;
      record.plan.cases.push_back(planned);
    }
  }

  /// True when the run came to its end; `most` blocks are run at most, then the user interrupts.
  bool run(int most = 1'000'000) {
    Ledger ledger;
    for (const Block& block : stored) ledger.add(block);
    Progress progress(clock, Progress::Style::kSilent, stderr);
    int left = most;
    RunSession session(
        record, ledger, profile, {42, 2, {}, {}}, std::uint64_t{1} << 40U,
        {[&](const PlannedCase& planned, int round, int attempt, int position, double) -> std::optional<Block> {
           if (left-- == 0) return std::nullopt;
           Block block;
           block.case_key = planned.key;
           block.round = round;
           block.attempt = attempt;
           block.position = position;
           block.iterations = 100;
           block.samples["real_ns"] = {50'000.0};
           block.covariates.readings["wall_s"] = 0.05;
           block.covariates.readings["reference_before_ns"] = 2e6;
           answer(block);
           clock.now += block.covariates.readings["wall_s"].value();
           return block;
         },
         [&](const Block& block) { stored.push_back(block); }, [&](const RunRecord& as_stored) { on_disk = as_stored; },
         [] { return false; }, clock, progress});
    return session.run();
  }

  [[nodiscard]] std::vector<Key> keys() const {
    std::vector<Key> all;
    for (const Block& block : stored) all.push_back(key_of(block));
    return all;
  }
  [[nodiscard]] int count(const std::string& key, int from_round) const {
    int n = 0;
    for (const Block& block : stored) n += block.case_key == key && block.round >= from_round ? 1 : 0;
    return n;
  }

  FakeClock clock;
  Profile profile;
  RunRecord record;
  RunRecord on_disk;
  std::vector<Block> stored;
  std::function<void(Block&)> answer = [](Block&) {};
};

TEST(Session, RunsEveryCaseOnceARoundAfterRoundZero) {
  Fixture run(7);
  EXPECT_TRUE(run.run());
  EXPECT_EQ(run.stored.size(), 7U * 11U);
  const auto keys = run.keys();
  EXPECT_EQ(std::set<Key>(keys.begin(), keys.end()).size(), keys.size());
  EXPECT_TRUE(run.record.plan.frozen);
  EXPECT_DOUBLE_EQ(run.record.reference_median_ns, 2e6);
  for (std::size_t i = 0; i < run.stored.size(); ++i) EXPECT_EQ(run.stored[i].position, static_cast<int>(i));
}

TEST(Session, ShufflesEachRoundAnewAndTheSameWayFromTheSameSeed) {
  Fixture first(9);
  Fixture second(9);
  first.run();
  second.run();
  EXPECT_EQ(first.keys(), second.keys());
  const auto order_of = [&](int round) {
    std::vector<std::string> order;
    for (const Block& block : first.stored) {
      if (block.round == round) order.push_back(block.case_key);
    }
    return order;
  };
  EXPECT_NE(order_of(1), order_of(2));
  EXPECT_THAT(order_of(1), testing::UnorderedElementsAreArray(order_of(2)));
}

TEST(Session, FixesTheIterationsInRoundZero) {
  Fixture run(1);
  run.record.plan.cases[0].sample_ms = 5;
  run.run();
  // 50 µs an iteration: 100 of them are 5 ms, and a tenth more keeps a sample from coming out short.
  EXPECT_EQ(run.on_disk.plan.cases[0].iterations, 110);
}

TEST(Session, RepeatsAContaminatedBlockAtTheEndOfTheRoundTwiceAtMost) {
  Fixture run(4);
  run.answer = [](Block& block) {
    if (block.round == 2 && block.case_key == "fake/program:case:1") block.contaminated = {"steal"};
    if (block.round == 3 && block.case_key == "fake/program:case:2" && block.attempt == 1)
      block.contaminated = {"reference"};
  };
  run.run();
  std::vector<Key> second;
  std::vector<Key> third;
  for (const Key& key : run.keys()) {
    if (std::get<1>(key) == 2) second.push_back(key);
    if (std::get<1>(key) == 3) third.push_back(key);
  }
  ASSERT_EQ(second.size(), 6U);
  EXPECT_EQ(second[4], Key("fake/program:case:1", 2, 2));
  EXPECT_EQ(second[5], Key("fake/program:case:1", 2, 3));
  ASSERT_EQ(third.size(), 5U);
  EXPECT_EQ(third[4], Key("fake/program:case:2", 3, 2));
}

TEST(Session, DropsWhatThisMachineCannotMeasureWithItsReason) {
  Fixture run(3);
  run.answer = [](Block& block) {
    if (block.case_key != "fake/program:case:1") return;
    block.outcome = Outcome::kUnmeasurable;
    block.reason = "no huge pages";
    block.samples.clear();
  };
  EXPECT_TRUE(run.run());
  EXPECT_EQ(run.on_disk.plan.cases[1].dropped, "no huge pages");
  EXPECT_EQ(run.count("fake/program:case:1", 0), 1);
  EXPECT_EQ(run.count("fake/program:case:0", 1), 10);
}

TEST(Session, GoesOnWhenACaseFailsInRoundZeroAndWhenOneFailsLater) {
  Fixture run(3);
  run.answer = [](Block& block) {
    if (block.case_key == "fake/program:case:0" || (block.case_key == "fake/program:case:1" && block.round == 4)) {
      block.outcome = Outcome::kFailed;
      block.reason = "wrong answer";
    }
  };
  EXPECT_TRUE(run.run());
  EXPECT_EQ(run.on_disk.plan.cases[0].dropped, "failed: wrong answer");
  EXPECT_EQ(run.count("fake/program:case:1", 1), 10);
}

TEST(Session, ASlowCaseRunsOneSampleInSixRoundsSpreadOverTheRun) {
  Fixture run(3, 12);
  run.answer = [](Block& block) {
    if (block.case_key == "fake/program:case:1")
      block.covariates.readings["wall_s"] = 1.5;  // set-up of a second and a half
  };
  run.run();
  const PlannedCase& slow = run.on_disk.plan.cases[1];
  EXPECT_TRUE(slow.slow);
  EXPECT_EQ(slow.samples, 1);
  EXPECT_EQ(run.count(slow.key, 1), 6);
  EXPECT_EQ(run.count(slow.key, 0), 8);  // calibrated, and proved with its count fixed
  std::vector<int> rounds;
  for (const Block& block : run.stored) {
    if (block.case_key == slow.key && block.round > 0) rounds.push_back(block.round);
  }
  for (std::size_t i = 1; i < rounds.size(); ++i) EXPECT_EQ(rounds[i] - rounds[i - 1], 2);
}

TEST(Session, ASlowCaseBesideASlowReferenceIsNotRunAgainButGetsMoreIterations) {
  Fixture run(4);
  run.record.plan.cases[1].sample_ms = 5;
  run.answer = [](Block& block) {
    if (block.case_key != "fake/program:case:1") return;
    block.covariates.readings["wall_s"] = 1.5;
    block.covariates.readings["reference_after_ns"] = 3e6;
  };
  run.run();
  EXPECT_TRUE(run.on_disk.plan.cases[1].slow);
  EXPECT_EQ(run.on_disk.plan.cases[1].iterations, 165);
  EXPECT_EQ(run.count("fake/program:case:1", 0) - run.count("fake/program:case:1", 1), 2) << "calibrated and proved";
}

TEST(Session, WhereTheTimeIsShortACaseThatGuardsAClaimKeepsItsRounds) {
  const auto rounds_of_the_costliest = [](const char* control) {
    Fixture run(3);
    Scenario scenario;
    scenario.id = "fake/scenario";
    scenario.claims.resize(1);
    scenario.claims[0].control.emplace();
    scenario.claims[0].control->metric.cases = {control};
    run.record.scenarios = {scenario};
    for (PlannedCase& planned : run.record.plan.cases)
      run.record.plan.labels.push_back({scenario.id, planned.name, planned.key, {}});
    run.profile.budget_s = 9;
    run.answer = [](Block& block) {
      if (block.case_key.ends_with("1")) block.covariates.readings["wall_s"] = 0.4;
    };
    run.run();
    return run.on_disk.plan.cases[1].rounds;
  };
  EXPECT_EQ(rounds_of_the_costliest("case:1"), 10);
  EXPECT_LT(rounds_of_the_costliest("case:2"), 10);
}

TEST(Session, CutsRoundsToTheBudgetButNotBelowTheLeast) {
  Fixture run(10, 20);
  run.profile.rounds = 15;
  run.record.plan.rounds = 15;
  for (PlannedCase& planned : run.record.plan.cases) planned.rounds = 15;
  run.profile.budget_s = 14;
  run.run();
  EXPECT_EQ(run.on_disk.plan.rounds, 10);
  EXPECT_FALSE(run.on_disk.warnings.empty());
}

TEST(Session, RepeatsOnlyWhileTheTimeSetAsideForThemLasts) {
  Fixture run(10);
  run.profile.budget_s = 16;  // 8 s of first attempts, half a second of round 0, and a little more
  run.answer = [&run](Block& block) {
    if (block.round == 0) return;
    block.contaminated = {"reference"};
    block.covariates.readings["wall_s"] = 1.01 * run.record.plan.cases[0].expected_s;  // no faster than expected
  };
  EXPECT_TRUE(run.run());
  int repeats = 0;
  int in_first_round = 0;
  for (const Block& block : run.stored) {
    repeats += block.attempt > 1 ? 1 : 0;
    in_first_round += block.attempt > 1 && block.round == 1 ? 1 : 0;
  }
  const double block_s = run.on_disk.plan.cases[0].expected_s;
  EXPECT_GT(repeats, 0);
  EXPECT_LE(repeats * block_s, run.on_disk.plan.repeat_s);
  EXPECT_LE(in_first_round * block_s, run.on_disk.plan.repeat_s / 10);  // the first rounds do not take it all
  EXPECT_THAT(run.record.warnings, testing::Contains(testing::HasSubstr("were not repeated")));
}

TEST(Session, RepeatsWhatTakesLeastWhereThereIsNoTimeForAll) {
  Fixture run(10);
  run.profile.budget_s = 26;
  run.answer = [](Block& block) {
    if (block.round > 0) block.contaminated = {"reference"};
    if (block.case_key.back() < '5') block.covariates.readings["wall_s"] = 0.3;
  };
  EXPECT_TRUE(run.run());
  std::map<bool, int> repeats;  // of those that take long
  for (const Block& block : run.stored) {
    if (block.attempt > 1) ++repeats[block.case_key.back() < '5'];
  }
  EXPECT_GT(repeats[false], 2 * repeats[true]);
}

TEST(Session, RepeatsLessWhereTheRoundsAreSlowerThanRoundZeroWas) {
  Fixture run(10);
  run.profile.budget_s = 16;
  run.answer = [](Block& block) {
    if (block.round == 0) return;
    block.contaminated = {"reference"};
    block.covariates.readings["wall_s"] = 0.12;  // the first attempts alone take 12 s where 8 s were expected
  };
  EXPECT_TRUE(run.run());
  double spent_s = 0.0;
  for (const Block& block : run.stored) spent_s += block.covariates.readings.at("wall_s").value();
  EXPECT_LE(spent_s, run.profile.budget_s);
}

TEST(Session, RepeatsMoreWhereTheRoundsAreFasterThanRoundZeroWas) {
  Fixture run(10);
  run.profile.budget_s = 16;
  run.answer = [](Block& block) {
    if (block.round == 0) return;
    block.contaminated = {"reference"};
    block.covariates.readings["wall_s"] = 0.03;  // 3 s where 8 s were expected
  };
  EXPECT_TRUE(run.run());
  std::map<int, int> repeats;
  for (const Block& block : run.stored) repeats[block.round] += block.attempt > 1 ? 1 : 0;
  const double block_s = run.on_disk.plan.cases[0].expected_s;
  const int in_all =
      std::accumulate(repeats.begin(), repeats.end(), 0, [](int sum, const auto& of) { return sum + of.second; });
  EXPECT_GT(in_all * block_s, 1.5 * run.on_disk.plan.repeat_s);
  EXPECT_GT(repeats[10], 0);
  EXPECT_LE(repeats[3], 2 * repeats[10]) << "the first rounds do not take it all";
  double spent_s = 0.0;
  for (const Block& block : run.stored) spent_s += block.covariates.readings.at("wall_s").value();
  EXPECT_LE(spent_s, run.profile.budget_s);
}

/// Interrupted after every number of blocks in turn, then taken up again: always the keys of the unbroken run.
TEST(Session, ABrokenRunTakenUpAgainMissesNothingAndMeasuresNothingTwice) {
  const auto contaminate = [](Block& block) {
    if (block.round > 0 && block.attempt == 1 && block.case_key.ends_with(std::to_string(block.round % 3)))
      block.contaminated = {"cpu"};
    if (!block.case_key.ends_with("3")) return;
    block.covariates.readings["wall_s"] = 1.2;
    block.covariates.readings["reference_after_ns"] = 3e6;
  };
  Fixture unbroken(4, 6);
  unbroken.answer = contaminate;
  ASSERT_TRUE(unbroken.run());
  const auto expected = unbroken.keys();
  for (int blocks = 0; blocks <= static_cast<int>(expected.size()); ++blocks) {
    Fixture broken(4, 6);
    broken.answer = contaminate;
    broken.on_disk = broken.record;
    broken.run(blocks);
    broken.record = broken.on_disk;  // memory is gone; what was stored is all there is
    ASSERT_TRUE(broken.run());
    EXPECT_EQ(broken.keys(), expected) << "interrupted after " << blocks << " blocks";
    EXPECT_EQ(broken.on_disk.plan.cases[3].iterations, unbroken.on_disk.plan.cases[3].iterations) << blocks;
  }
}

}  // namespace
}  // namespace unitcost
