#include "harness/compare/run_session.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/harness/analyse/synthetic_run.hpp"

namespace unitcost {
namespace {

using testing_support::SyntheticRun;

constexpr const char* kScenario = R"(
schema = 1
question = "q"
why = "w"
reading = "r"
[cases]
drawn = "drawn/bytes:64"
plain = "plain"
[[figure]]
kind = "dots"
title = "t"
cases = ["drawn"]
y = "wanted_ns"
)";

LoadedRun loaded(const SyntheticRun& run) {
  LoadedRun result;
  result.folder = "/somewhere/results/0123456789ab/20260102T030405Z-abc";
  result.id = "feedfacecafe";
  result.record = run.record;
  result.blocks = run.blocks;
  return result;
}

SyntheticRun measured() {
  SyntheticRun run;
  run.add(kScenario, "memory/example");
  run.measure("drawn", "another_ns", 5.0);
  run.measure("drawn", "wanted_ns", 70.0);
  run.measure("drawn", "real_ns", 9000.0);
  run.measure("plain", "real_ns", 9000.0);
  return run;
}

TEST(RunSession, TakesTheCounterThatTheScenarioDrawsAndTheMedianOfTheBlocks) {
  const Session session = session_of(loaded(measured()));
  const SessionCase& drawn = session.cases.at("memory/example:drawn/bytes:64");
  ASSERT_EQ(drawn.values.size(), 1U);
  EXPECT_EQ(drawn.values[0].counter, "wanted_ns");
  EXPECT_NEAR(drawn.values[0].value, 70.0, 0.7);
  EXPECT_EQ(drawn.values[0].processes, 10);
  EXPECT_GT(drawn.values[0].spread_ratio, 0.0);
  EXPECT_EQ(session.cases.at("memory/example:plain").values[0].counter, "real_ns");
}

TEST(RunSession, ARateDoesNotPassForATime) {
  SyntheticRun run = measured();
  run.measure("plain", "ops_per_us", 3.0);
  run.measure("plain", "wait_ns", 300.0);
  const Session session = session_of(loaded(run));
  EXPECT_EQ(session.cases.at("memory/example:plain").values[0].counter, "wait_ns");
}

TEST(RunSession, NamesNoFolderBeyondItsOwn) {
  const Session session = session_of(loaded(measured()));
  EXPECT_EQ(session.name, "20260102T030405Z-abc");
}

TEST(RunSession, GivesTheCountersThatWereAskedForWhereTheyAre) {
  const Session session = session_of(loaded(measured()), {"another_ns"});
  EXPECT_NEAR(session.cases.at("memory/example:drawn/bytes:64").values.at(0).value, 5.0, 0.1);
  EXPECT_EQ(session.cases.at("memory/example:plain").problem, "has no counter another_ns");
  const Session twice = session_of(loaded(measured()), {"another_ns", "real_ns", "another_ns"});
  EXPECT_EQ(twice.cases.at("memory/example:drawn/bytes:64").values.size(), 2U) << "a counter counts once";
}

TEST(RunSession, SaysWhyACaseHasNoValue) {
  SyntheticRun run;
  run.add(kScenario, "memory/example");
  run.refuse("drawn", Outcome::kFailed, "signal 11");
  run.refuse("plain", Outcome::kUnmeasurable, "no huge pages");
  const Session session = session_of(loaded(run));
  EXPECT_EQ(session.cases.at("memory/example:drawn/bytes:64").problem, "failed: signal 11");
  EXPECT_EQ(session.cases.at("memory/example:plain").problem, "not measurable: no huge pages");
  EXPECT_EQ(session.cases.at("memory/example:drawn/bytes:64").failure, "signal 11");
}

TEST(RunSession, SaysThatABlockFailedWhereOthersGaveAValue) {
  SyntheticRun run = measured();
  Block& block = run.find_or_add("memory/example:plain", 3);
  block.outcome = Outcome::kFailed;
  block.reason = "deadline";
  const Session session = session_of(loaded(run));
  EXPECT_EQ(session.cases.at("memory/example:plain").values.at(0).processes, 9);
  EXPECT_EQ(session.cases.at("memory/example:plain").failure, "deadline");
  EXPECT_EQ(session.cases.at("memory/example:drawn/bytes:64").failure, "");
}

TEST(RunSession, JudgesClaimsWhenTheyAreAskedFor) {
  SyntheticRun run;
  run.add(std::string(kScenario) + R"(
[[claim]]
id = "memory.example"
variant = "drawn"
source = { key = "ours" }
says = "It takes at most 10 ns."
metric = { value = "drawn", counter = "wanted_ns", at = {} }
unit = "ns"
expect = { at_most = 10.0 }
)",
          "memory/example");
  run.measure("drawn", "wanted_ns", 70.0);
  EXPECT_TRUE(session_of(loaded(run)).claims.empty());
  const std::vector<SessionClaim> claims = session_of(loaded(run), {}, Claims::kJudge).claims;
  ASSERT_EQ(claims.size(), 1U);
  EXPECT_EQ(claims[0].name, "memory.example (drawn)");
  EXPECT_EQ(claims[0].scenario, "memory/example");
  EXPECT_EQ(claims[0].verdict, "refuted");
  EXPECT_FALSE(claims[0].reason.empty());
}

TEST(RunSession, WarnsOfWhatIsNotAWholeRun) {
  LoadedRun run = loaded(measured());
  run.record.status = "interrupted";
  run.record.plan.preview = true;
  run.torn_tail = true;
  run.record.build["sanitizers"] = {Fact::Kind::kSetUp, "address", ""};
  EXPECT_THAT(session_of(run).warnings,
              testing::ElementsAre(testing::HasSubstr("interrupted"), testing::HasSubstr("cut off"),
                                   testing::HasSubstr("preview"), testing::HasSubstr("sanitizers")));
}

}  // namespace
}  // namespace unitcost
