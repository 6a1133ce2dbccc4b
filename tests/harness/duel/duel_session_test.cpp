// Rounds of a duel without children: what runs, what is repeated or given up, and that a broken duel taken up again ends as the unbroken one.
#include "harness/duel/duel_session.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdio>
#include <set>
#include <tuple>

#include "harness/duel/calibrate_pair.hpp"
#include "tests/harness/duel/synthetic_duel.hpp"

namespace unitcost {
namespace {

class FakeClock final : public Clock {
 public:
  [[nodiscard]] double now_s() const override { return 0.0; }
  [[nodiscard]] std::string utc() const override { return "2026-01-02T03:04:05Z"; }
};

using Key = std::tuple<std::string, PairKind, int, int>;

/// A duel on a machine that answers as `answer` says.
struct Fixture {
  explicit Fixture(int cases, int pairs = 4) {
    record.plan.pairs = pairs;
    record.plan.seed = 42;
    for (int i = 0; i < cases; ++i) {
      DuelCase duel_case;
      duel_case.planned.key = "fake/program:case:" + std::to_string(i);
      duel_case.counter = "operation_ns";
      duel_case.slice_ms = 5.0;
      record.plan.cases.push_back(duel_case);
    }
  }

  static Block calibrating(double real_ns) {
    Block block;
    block.iterations = 10;
    block.samples["real_ns"] = {real_ns};
    block.samples["operation_ns"] = {real_ns};
    block.covariates.readings["wall_s"] = 0.05;
    block.covariates.readings["reference_before_ns"] = 2e6;
    return block;
  }

  /// True when the duel came to its end; `most` pairs are run at most, then the user interrupts.
  bool run(int most = 1'000'000) {
    PairLedger ledger;
    for (const Pair& pair : stored) ledger.add(pair);
    Progress progress(clock, Progress::Style::kSilent, stderr);
    int left = most;
    DuelSession session(
        record, ledger,
        {[&](const PlannedCase&, std::size_t side) -> std::optional<Block> { return calibrate(side); },
         [&](const DuelCase& duel_case, const PairKey& key, double) -> std::optional<Pair> {
           if (left-- == 0) return std::nullopt;
           Pair pair = synthetic_pair(duel_case.planned.key, key.kind, key.round, 0.0);
           pair.attempt = key.attempt;
           pair.position = key.position;
           answer(pair);
           return pair;
         },
         [&](const Pair& pair) { stored.push_back(pair); }, [&](const DuelRecord& as_stored) { on_disk = as_stored; },
         [] { return false; }, clock, progress});
    return session.run();
  }

  [[nodiscard]] std::vector<Key> keys() const {
    std::vector<Key> all;
    for (const Pair& pair : stored) all.emplace_back(pair.case_key, pair.kind, pair.round, pair.attempt);
    return all;
  }

  FakeClock clock;
  DuelRecord record;
  DuelRecord on_disk;
  std::vector<Pair> stored;
  std::function<Block(std::size_t)> calibrate = [](std::size_t) { return calibrating(50'000.0); };
  std::function<void(Pair&)> answer = [](Pair&) {};
};

TEST(DuelSession, MeasuresEveryCaseInBothKindsOnceARound) {
  Fixture duel(3);
  EXPECT_TRUE(duel.run());
  const auto keys = duel.keys();
  EXPECT_EQ(keys.size(), 3U * 2U * 4U);
  EXPECT_EQ(std::set<Key>(keys.begin(), keys.end()).size(), keys.size());
  for (std::size_t i = 0; i < duel.stored.size(); ++i) EXPECT_EQ(duel.stored[i].position, static_cast<int>(i));
}

TEST(DuelSession, CalibratesBothSidesToOneCount) {
  Fixture duel(1);
  duel.calibrate = [](std::size_t side) { return Fixture::calibrating(side == kA ? 50'000.0 : 25'000.0); };
  duel.run();
  const DuelCase& duel_case = duel.record.plan.cases[0];
  EXPECT_EQ(duel_case.planned.iterations, 220);  // a slice of the faster side is 5 ms and a tenth
  EXPECT_EQ(duel_case.slices, 22);               // of them 0.13 s
  EXPECT_EQ(duel_case.warm_up_iterations, 55);
  EXPECT_TRUE(duel.on_disk.plan.frozen);
  EXPECT_DOUBLE_EQ(duel.record.reference_median_ns, 2e6);
}

TEST(DuelSession, CutsNoPairShortBecauseOneSideWasDisturbedWhileItWasCalibrated) {
  Fixture duel(1);
  duel.calibrate = [](std::size_t side) { return Fixture::calibrating(side == kA ? 50'000.0 : 5'000'000.0); };
  duel.run();
  EXPECT_EQ(duel.record.plan.cases[0].slices, 22);
}

TEST(DuelSession, CutsSlicesShorterThanAMillisecond) {
  Fixture duel(1);
  duel.record.plan.cases[0].slice_ms = 0.5;
  duel.calibrate = [](std::size_t) { return Fixture::calibrating(1'000.0); };
  duel.run();
  EXPECT_EQ(duel.record.plan.cases[0].planned.iterations, 550);  // half a millisecond and a tenth of it
  EXPECT_EQ(duel.record.plan.cases[0].slices, 120);
}

TEST(DuelSession, TakesTheCutItIsTold) {
  Fixture duel(1);
  duel.record.plan.cut = {0.0, 30, 0.0};
  duel.run();
  EXPECT_EQ(duel.record.plan.cases[0].slices, 30);
  EXPECT_EQ(duel.record.plan.cases[0].warm_up_iterations, 0);
}

TEST(DuelSession, DropsWhatOneSideCannotRunAndSaysWhich) {
  Fixture duel(1);
  duel.calibrate = [](std::size_t side) {
    Block block = Fixture::calibrating(50'000.0);
    if (side == kB) block.outcome = Outcome::kFailed;
    if (side == kB) block.reason = "the sum is wrong";
    return block;
  };
  EXPECT_TRUE(duel.run());
  EXPECT_EQ(duel.record.plan.cases[0].planned.dropped, "B: failed: the sum is wrong");
  EXPECT_TRUE(duel.stored.empty());
}

TEST(DuelSession, AFailureInCalibrationIsToldOnceAndIsNoInability) {
  const auto dropped_with = [](Outcome of_a, Outcome of_b) {
    Fixture duel(1);
    duel.calibrate = [&](std::size_t side) {
      Block block = Fixture::calibrating(50'000.0);
      block.outcome = side == kA ? of_a : of_b;
      if (block.outcome != Outcome::kMeasured) block.reason = "why";
      return block;
    };
    duel.run();
    return duel.record.plan.cases[0];
  };
  const DuelCase of_a = dropped_with(Outcome::kFailed, Outcome::kMeasured);
  EXPECT_EQ(of_a.planned.dropped, "A: failed: why");
  EXPECT_TRUE(failed_in_calibration(of_a));
  EXPECT_TRUE(failed_in_calibration(dropped_with(Outcome::kMeasured, Outcome::kFailed)));
  EXPECT_EQ(dropped_with(Outcome::kFailed, Outcome::kUnmeasurable).planned.dropped, "A: failed: why");
  EXPECT_EQ(dropped_with(Outcome::kUnmeasurable, Outcome::kFailed).planned.dropped, "B: failed: why");
  EXPECT_FALSE(failed_in_calibration(dropped_with(Outcome::kUnmeasurable, Outcome::kUnmeasurable)));
  EXPECT_FALSE(failed_in_calibration(dropped_with(Outcome::kMeasured, Outcome::kMeasured)));
  EXPECT_FALSE(dropped_with(Outcome::kUnmeasurable, Outcome::kUnmeasurable).is_measurable_in_a);
  EXPECT_TRUE(dropped_with(Outcome::kMeasured, Outcome::kUnmeasurable).is_measurable_in_a) << "it is missed in B";
  EXPECT_TRUE(of_a.is_measurable_in_a) << "it can be, and crashed";
}

TEST(DuelSession, ComparesWallTimeWhereOneSideDoesNotHaveTheCounter) {
  Fixture duel(1);
  duel.calibrate = [](std::size_t side) {
    Block block = Fixture::calibrating(50'000.0);
    if (side == kB) block.samples.erase("operation_ns");
    return block;
  };
  duel.run();
  EXPECT_EQ(duel.record.plan.cases[0].counter, "real_ns");
}

TEST(DuelSession, RefusesOperationsThatTakeTooLong) {
  Fixture duel(1);
  duel.calibrate = [](std::size_t) { return Fixture::calibrating(0.7e9); };
  duel.run();
  EXPECT_THAT(duel.record.plan.cases[0].planned.dropped, testing::HasSubstr("half a second"));
}

TEST(DuelSession, RepeatsContaminatedPairsWithinTheirShare) {
  Fixture duel(4, 8);
  duel.answer = [](Pair& pair) {
    if (pair.attempt == 1 && pair.round == 3) pair.contaminated = {"steal"};
  };
  duel.run();
  int repeated = 0;
  for (const Pair& pair : duel.stored) repeated += pair.attempt > 1 ? 1 : 0;
  EXPECT_GT(repeated, 0);
  EXPECT_LE(repeated, 64 / 4 * 3 / 8);  // a quarter of the pairs so far
  EXPECT_THAT(duel.record.warnings, testing::Contains(testing::HasSubstr("not repeated")));
}

TEST(DuelSession, GivesUpACaseThatFailsTwice) {
  Fixture duel(2, 6);
  duel.answer = [](Pair& pair) {
    if (pair.case_key != "fake/program:case:0") return;
    pair.outcome = Outcome::kFailed;
    pair.reason = "B: killed";
  };
  EXPECT_TRUE(duel.run());
  int failed = 0;
  for (const Pair& pair : duel.stored) failed += pair.outcome == Outcome::kFailed ? 1 : 0;
  EXPECT_EQ(failed, 2);
  EXPECT_EQ(duel.on_disk.plan.cases[0].planned.dropped, "failed: B: killed");
}

TEST(DuelSession, ABrokenDuelEndsAsTheUnbrokenOne) {
  Fixture whole(5);
  whole.run();
  for (const int most : {0, 1, 7, 23}) {
    Fixture broken(5);
    EXPECT_FALSE(broken.run(most));
    EXPECT_EQ(broken.stored.size(), static_cast<std::size_t>(most));
    EXPECT_TRUE(broken.run());
    EXPECT_EQ(broken.keys(), whole.keys());
  }
}

TEST(DuelSession, ABrokenDuelRepeatsWhatTheUnbrokenOneDoes) {
  const auto disturbed = [](Pair& pair) {
    if (pair.attempt == 1) pair.contaminated = {"steal"};
  };
  Fixture whole(7);
  whole.answer = disturbed;
  whole.run();
  ASSERT_EQ(whole.keys().size(), 7U * 2U * 4U + 5U);  // a tenth of the pairs are repeated
  for (const int most : {10, 14, 15, 16, 30, 45, 60}) {
    Fixture broken(7);
    broken.answer = disturbed;
    EXPECT_FALSE(broken.run(most));
    EXPECT_TRUE(broken.run());
    EXPECT_EQ(broken.keys(), whole.keys()) << "broken off after " << most;
    EXPECT_EQ(broken.record.warnings, whole.record.warnings);
  }
}

}  // namespace
}  // namespace unitcost
