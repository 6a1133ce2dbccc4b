#include "harness/honesty/schedule.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "harness/base/error.hpp"
#include "tests/harness/honesty/digests.hpp"

namespace unitcost {
namespace {

struct Planned {
  HonestyState state;
  std::map<std::uint64_t, DuelDigest> digests;

  bool plan() {
    return plan_pieces(state, [this](const Piece& piece) -> const DuelDigest* {
      const auto found = digests.find(piece.seed);
      return found == digests.end() ? nullptr : &found->second;
    });
  }
  [[nodiscard]] std::vector<Piece> of(Phase phase) const {
    std::vector<Piece> pieces;
    std::ranges::copy_if(state.pieces, std::back_inserter(pieces),
                         [phase](const Piece& piece) { return piece.phase == phase; });
    return pieces;
  }
  void finish(Phase phase, const std::vector<SyntheticCase>& cases) {
    for (const Piece& piece : of(phase)) {
      if (digests.contains(piece.seed)) continue;
      const bool alike = phase == Phase::kSame || phase == Phase::kRelinked;
      digests[piece.seed] = alike ? pilot_digest(piece, cases, piece.seed) : duel_digest(piece, cases, piece.seed);
    }
  }
};

TEST(Schedule, BeginsWithWhatNeedsNothing) {
  Planned planned;
  EXPECT_TRUE(planned.plan());
  EXPECT_EQ(planned.of(Phase::kSame).size(), 25U);
  EXPECT_EQ(planned.of(Phase::kLoaded).size(), 3U);
  EXPECT_EQ(planned.of(Phase::kVisible).size(), 1U);
  EXPECT_TRUE(planned.of(Phase::kVisible)[0].delays.empty());
  EXPECT_TRUE(planned.of(Phase::kPlanted).empty());
  EXPECT_EQ(planned.of(Phase::kRelinked).size(), 25U);
  EXPECT_FALSE(planned.plan()) << "once is enough";
  std::set<std::uint64_t> seeds;
  for (const Piece& piece : planned.state.pieces) EXPECT_TRUE(seeds.insert(piece.seed).second);
}

TEST(Schedule, LeavesLinkOrdersOut) {
  Planned planned;
  planned.state.wishes.layouts = 0;
  planned.plan();
  EXPECT_TRUE(planned.of(Phase::kRelinked).empty());
}

TEST(Schedule, PlantsByTheSpreadThatWasMeasured) {
  Planned planned;
  planned.state.wishes.duels = 5;
  planned.plan();
  std::vector<SyntheticCase> cases = quiet_cases(30, 0.002, 0.007);
  cases.push_back({"middle", 0.0, 0.014});
  cases.push_back({"noisy", 0.0, 0.035});
  cases.push_back({"wild", 0.0, 0.2});
  planned.finish(Phase::kSame, cases);
  EXPECT_TRUE(planned.plan());
  std::map<double, int> trials;
  for (const Piece& piece : planned.of(Phase::kPlanted)) {
    trials[piece.effect] += static_cast<int>(piece.only.size());
    EXPECT_GE(piece.pairs, 20);
    EXPECT_LE(piece.pairs, 32);
    EXPECT_EQ(piece.delays.size(), piece.only.size());
    for (const auto& [key, share] : piece.delays) EXPECT_EQ(share, piece.effect) << key;
    EXPECT_FALSE(piece.delays.contains("fake/program:wild"));
  }
  EXPECT_EQ(trials, (std::map<double, int>{{0.025, 120}, {0.04, 100}, {0.10, 100}}));
}

TEST(Schedule, PlantsWhatTheDuelBeforeSaidItWouldJustSee) {
  Planned planned;
  planned.state.wishes.visible = 2;
  planned.plan();
  for (const std::size_t number : {1U, 2U}) {
    planned.finish(Phase::kVisible, quiet_cases(3, 0.004, 0.009));
    EXPECT_TRUE(planned.plan());
    const auto pieces = planned.of(Phase::kVisible);
    ASSERT_EQ(pieces.size(), number + 1);
    for (const CaseDigest& one : planned.digests.at(pieces[number - 1].seed).cases)
      EXPECT_DOUBLE_EQ(pieces[number].delays.at(one.key), std::expm1(one.visible));
  }
  planned.finish(Phase::kVisible, quiet_cases(3, 0.004, 0.009));
  EXPECT_FALSE(planned.plan());
}

TEST(Schedule, MorePairsForWhatScattersMore) {
  const CaseSpread quiet{"quiet", 0.002, {0.002, 0.002}};
  const CaseSpread noisy{"noisy", 0.0099, {0.0099, 0.0099}};
  EXPECT_EQ(pairs_for({&quiet}, 0.025), 20);
  EXPECT_GT(pairs_for({&quiet, &noisy}, 0.02), 20);
  EXPECT_EQ(pairs_for({&noisy}, 0.0101), 32) << "never more than 32";
}

TEST(Schedule, MorePairsForWhatScattersMoreAtTimes) {
  const CaseSpread steady{"steady", 0.008, {0.008, 0.008, 0.008, 0.008}};
  const CaseSpread changing{"changing", 0.008, {0.005, 0.008, 0.008, 0.013}};
  EXPECT_EQ(pairs_for({&steady}, 0.025), 20);
  EXPECT_GT(pairs_for({&changing}, 0.025), 20);
}

TEST(Schedule, SurvivesItsFile) {
  Planned planned;
  planned.state.seed = 0x7fffffffffffffffU;
  planned.state.programs = "0123456789ab";
  planned.state.cut = "120 slices";
  planned.state.wishes.only = {"memory/l1_floor"};
  planned.plan();
  planned.state.pieces[0].delays["a:b"] = 0.025;
  const HonestyState again = honesty_state_from_json(to_json(planned.state), "state.json");
  EXPECT_EQ(to_json(again), to_json(planned.state));
  EXPECT_EQ(again.pieces[0].seed, planned.state.pieces[0].seed);
  EXPECT_EQ(again.wishes, planned.state.wishes);
  EXPECT_EQ(again.cut, "120 slices");
  auto newer = to_json(planned.state);
  newer.as_object().erase("cut");
  EXPECT_EQ(honesty_state_from_json(newer, "state.json").cut, "") << "as earlier versions wrote it";
  newer.as_object()["schema"] = 2;
  EXPECT_THROW(honesty_state_from_json(newer, "state.json"), BadInput);
  EXPECT_THROW(phase_from_text("other"), BadInput);
}

}  // namespace
}  // namespace unitcost
