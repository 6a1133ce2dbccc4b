// What is drawn by lot: the same from the same seed, and fair.
#include "harness/duel/lots.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "tests/harness/duel/synthetic_duel.hpp"

namespace unitcost {
namespace {

using Turn = std::pair<std::size_t, PairKind>;

std::vector<Turn> turns_of_round(const DuelPlan& plan, int round) {
  std::vector<Turn> turns;
  for (const PairTurn& turn : order_of_pairs(plan, round)) turns.emplace_back(turn.case_index, turn.kind);
  return turns;
}

TEST(Lots, ARoundHasEveryCaseInBothKindsInAnOrderOfItsOwn) {
  const SyntheticDuel duel({{"a"}, {"b"}, {"c"}, {"d"}, {"e"}});
  const auto first = turns_of_round(duel.record.plan, 1);
  EXPECT_EQ(std::set<Turn>(first.begin(), first.end()).size(), 10U);
  EXPECT_EQ(first, turns_of_round(duel.record.plan, 1));
  EXPECT_NE(first, turns_of_round(duel.record.plan, 2));
  EXPECT_THAT(first, testing::UnorderedElementsAreArray(turns_of_round(duel.record.plan, 2)));
}

TEST(Lots, APilotHasTheControlAloneAndDroppedCasesHaveNothing) {
  SyntheticDuel duel({{"a"}, {"b"}});
  duel.record.plan.pilot = true;
  duel.record.plan.cases[0].planned.dropped = "no such CPUs";
  EXPECT_THAT(turns_of_round(duel.record.plan, 1), testing::ElementsAre(Turn{1, PairKind::kControl}));
}

TEST(Lots, RolesAreSharedOutEquallyInEveryFourRounds) {
  std::set<std::vector<std::pair<std::size_t, std::size_t>>> orders;
  for (const std::string key : {"a", "b", "c", "d", "e", "f"}) {
    for (int block = 0; block < 5; ++block) {
      std::vector<std::pair<std::size_t, std::size_t>> drawn;
      for (int round = 4 * block + 1; round <= 4 * block + 4; ++round) {
        const Roles roles = roles_of(7, key, PairKind::kDuel, round);
        drawn.emplace_back(roles.starts_first, roles.moves_first);
      }
      EXPECT_EQ((std::set<std::pair<std::size_t, std::size_t>>(drawn.begin(), drawn.end()).size()), 4U);
      orders.insert(drawn);
    }
  }
  EXPECT_GT(orders.size(), 10U);  // of 24 possible ones: the order itself is drawn
}

TEST(Lots, WithoutLinkOrdersThereIsNoneToDraw) {
  EXPECT_EQ(layouts_of(7, "a", PairKind::kDuel, 1, 0), (std::array<int, 2>{0, 0}));
}

TEST(Lots, EveryPairDrawsALinkOrderOfEitherSide) {
  constexpr int kLayouts = 5;
  constexpr int kRounds = 5000;
  std::array<std::array<int, kLayouts + 1>, kLayouts + 1> seen{};
  for (int round = 1; round <= kRounds; ++round) {
    const auto drawn = layouts_of(7, "a", PairKind::kDuel, round, kLayouts);
    EXPECT_EQ(drawn, layouts_of(7, "a", PairKind::kDuel, round, kLayouts));
    ++seen.at(static_cast<std::size_t>(drawn[kA])).at(static_cast<std::size_t>(drawn[kB]));
  }
  for (std::size_t a = 1; a <= kLayouts; ++a) {
    for (std::size_t b = 1; b <= kLayouts; ++b) EXPECT_NEAR(seen[a][b], 200, 60);  // of 25 combinations
  }
}

TEST(Lots, AControlMeetsAnotherLinkOrderAndFavoursNone) {
  constexpr int kLayouts = 3;
  std::array<std::array<int, kLayouts + 1>, kLayouts + 1> seen{};
  for (int round = 1; round <= 3000; ++round) {
    const auto drawn = layouts_of(7, "a", PairKind::kControl, round, kLayouts);
    ++seen.at(static_cast<std::size_t>(drawn[kA])).at(static_cast<std::size_t>(drawn[kB]));
  }
  for (std::size_t a = 1; a <= kLayouts; ++a) {
    for (std::size_t b = 1; b <= kLayouts; ++b) EXPECT_NEAR(seen[a][b], a == b ? 0 : 500, a == b ? 0.1 : 100);
  }
}

TEST(Lots, SeedsDifferByPairAndFollowFromTheSeed) {
  Pair pair;
  pair.case_key = "case";
  std::set<std::uint64_t> seeds;
  for (const PairKind kind : {PairKind::kDuel, PairKind::kControl}) {
    for (int round = 1; round <= 3; ++round) {
      for (int attempt = 1; attempt <= 2; ++attempt) {
        pair.kind = kind;
        pair.round = round;
        pair.attempt = attempt;
        EXPECT_EQ(pair_seed(3, pair), pair_seed(3, pair));
        seeds.insert(pair_seed(3, pair));
      }
    }
  }
  EXPECT_EQ(seeds.size(), 12U);
}

}  // namespace
}  // namespace unitcost
