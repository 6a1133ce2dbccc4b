#include "harness/compare/claims.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "harness/compare/comparison.hpp"
#include "harness/compare/gate.hpp"
#include "tests/harness/compare/sides.hpp"

namespace unitcost {
namespace {

using testing::HasSubstr;
using testing_support::around;
using testing_support::make_side;
using testing_support::options_today;
using testing_support::set_claim;
using Change = ComparedClaim::Change;

/// A side whose sessions judged one claim so, one after the other.
Side side_of(const std::string& name, const std::vector<std::string>& verdicts) {
  Side side = make_side(name, {{"memory/walk:x", around(100, static_cast<int>(verdicts.size()))}});
  set_claim(side, "memory.walk", verdicts);
  return side;
}

ComparedClaim only_claim(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  return compared_claims(side_of("a", a), side_of("b", b)).at(0);
}

TEST(ComparedClaims, AClaimIsLostWhenItHeldInEverySessionAndIsRefutedInEveryNewOne) {
  const ComparedClaim lost = only_claim({"holds", "holds in part", "holds"}, {"refuted", "refuted"});
  EXPECT_EQ(lost.change, Change::kLost);
  EXPECT_EQ(lost.a, "holds (2), holds in part (1)");
  EXPECT_EQ(lost.b, "refuted");
  EXPECT_EQ(lost.reason, "b1 says refuted");
  EXPECT_EQ(lost.sessions_b, 2);
  EXPECT_EQ(only_claim({"holds", "undecided"}, {"refuted", "refuted"}).change, Change::kNone);
  EXPECT_EQ(only_claim({"refuted", "refuted"}, {"refuted", "refuted"}).change, Change::kNone);
  EXPECT_EQ(only_claim({"refuted", "refuted"}, {"holds", "holds"}).change, Change::kNone);
  EXPECT_EQ(only_claim({"reported"}, {"reported"}).change, Change::kNone);
}

TEST(ComparedClaims, WhatTheNewSessionsDoNotSayIsOpen) {
  EXPECT_EQ(only_claim({"holds", "holds"}, {"holds", "refuted"}).change, Change::kOpen);
  EXPECT_EQ(only_claim({"holds", "holds"}, {"undecided", "undecided"}).change, Change::kOpen);
  EXPECT_EQ(only_claim({"holds"}, {"not measurable"}).change, Change::kOpen);
  Side none = side_of("b", {"holds"});
  none.sessions[0].claims.clear();
  const ComparedClaim gone = compared_claims(side_of("a", {"holds"}), none).at(0);
  EXPECT_EQ(gone.change, Change::kOpen);
  EXPECT_EQ(gone.b, "not judged");
}

TEST(ComparedClaims, AreOfTheScenariosThatWereAskedFor) {
  const Side a = side_of("a", {"holds"});
  const Side b = side_of("b", {"holds"});
  EXPECT_EQ(compared_claims(a, b, {"memory/"}).size(), 1U);
  EXPECT_EQ(compared_claims(a, b, {"memory/walk:"}).size(), 1U);
  EXPECT_TRUE(compared_claims(a, b, {"sync/"}).empty());
}

TEST(ComparedClaims, AGateNotesWhatWasLostAndItsStatusStaysWithTheCases) {
  const Gate found = gate({side_of("baseline", {"holds", "holds", "holds"})},
                          side_of("new", {"refuted", "refuted", "refuted"}), options_today());
  EXPECT_EQ(found.exit_status(), Exit::kOk);
  EXPECT_THAT(found.notes, testing::ElementsAre(HasSubstr("memory.walk held in baseline and is refuted in new")));
}

}  // namespace
}  // namespace unitcost
