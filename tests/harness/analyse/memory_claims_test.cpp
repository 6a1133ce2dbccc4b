// Levels, cliffs and the positions that depend on them, from the claim to the sentence.
#include <string>

#include <gmock/gmock.h>

#include "tests/harness/analyse/synthetic_run.hpp"
#include "tests/harness/stats/machine_curve.hpp"

namespace unitcost {
namespace {

using testing::HasSubstr;
using namespace testing_support;  // a table of machines reads better without prefixes

const Machine kDesktop{{{48 * kKiB, 1.2}, {1.25 * kMiB, 4.0}, {24 * kMiB, 15.0}}, 90.0, true};
const Machine kBoard{{{32 * kKiB, 2.0}, {1 * kMiB, 12.0}}, 140.0, true};

std::string claim(const std::string& id, const std::string& metric, const std::string& expect,
                  const std::string& unit) {
  return "\n[[claim]]\nid = \"" + id +
         "\"\nsource = { key = \"fundamentos\", section = \"1.2\" }\nsays = \"So.\"\nmetric = { " + metric +
         ", curve = \"random_huge\", over = \"bytes\", counter = \"access_ns\" }\nexpect = " + expect + "\nunit = \"" +
         unit + "\"\n";
}

std::string hierarchy_scenario(int per_octave) {
  return R"(
schema = 1
question = "What?"
why = "Why."
reading = "How."
[cases]
random_huge = "walk/page:huge/bytes:{bytes}"
[axis.bytes]
values = { from = "4KiB", to = "512MiB", per_octave = )" +
         std::to_string(per_octave) + R"(, near_cliffs = 4, cliff_case = "random_huge" }
)" + claim("memory.l1", "level = \"l1\"", "{ low = 1.0, high = 2.0 }", "ns") +
         claim("memory.l3", "level = \"last-cache\"", "{ low = 10.0, high = 20.0 }", "ns") +
         claim("memory.ram", "level = \"memory\"", "{ low = 50.0, high = 100.0 }", "ns") +
         claim("memory.l1-size", "cliff = \"first\"", "{ low = 32768, high = 65536 }", "bytes") +
         claim("memory.l3-size", "cliff = \"last\"", "{ low = 8388608, high = 16777216 }", "bytes") +
         claim("memory.hierarchy-order", "monotone = [\"l1\", \"l2\", \"last-cache\", \"memory\"]", "{ above = 1.0 }",
               "ratio") +
         R"(
[[figure]]
kind = "curve"
title = "Curve"
cases = ["random_huge"]
x = "bytes"
y = "access_ns"
scale = "log-log"
cliffs = true
claims = ["memory.l1", "memory.l1-size"]
)";
}

const std::string kOrderScenario = R"(
schema = 1
question = "What?"
why = "Why."
reading = "How."
[cases]
random = "walk/order:random/bytes:{bytes}"
sequential = "walk/order:sequential/bytes:{bytes}"
[axis.bytes]
values = { from = "4KiB", to = "512MiB", per_octave = 1 }
[[claim]]
id = "memory.random-array"
source = { key = "fundamentos" }
says = "So."
metric = { ratio = ["random", "sequential"], counter = "access_ns", at = { bytes = "past-last-cache" } }
expect = { at_least = 2.0 }
unit = "ratio"
control = { ratio = ["random", "sequential"], counter = "access_ns", at = { bytes = "half-first-cache" }, expect = { low = 0.9, high = 1.1 } }
)";

Cost walk_on(const Machine& machine, double factor = 1.0) {
  return [machine, factor](const Axes& axes, int round) {
    return wobble(factor * latency_ns(machine, std::stod(axes.at("bytes"))), round);
  };
}

SyntheticRun run_on(const Machine& machine, int per_octave = 4) {
  SyntheticRun run;
  run.add(hierarchy_scenario(per_octave), "memory/cache_cliffs");
  run.measure("random_huge", "access_ns", walk_on(machine));
  return run;
}

TEST(MemoryClaims, LevelsAndSizesAreJudgedOnTheCurve) {
  const auto run = run_on(kDesktop);
  EXPECT_EQ(run.verdict("memory.l1"), "holds");
  EXPECT_EQ(run.verdict("memory.l3"), "holds");
  EXPECT_EQ(run.verdict("memory.ram"), "holds");
  EXPECT_EQ(run.verdict("memory.l1-size"), "holds");
  EXPECT_EQ(run.claim("memory.l1-size").at("value"), 49152);
  EXPECT_EQ(run.verdict("memory.l3-size"), "refuted");
  EXPECT_EQ(run.reason("memory.l3-size").find("last-level cache size 24 MiB lies outside 8–16 MiB"), 0U)
      << run.reason("memory.l3-size");
  EXPECT_EQ(run.verdict("memory.hierarchy-order"), "holds");
  EXPECT_THAT(run.reason("memory.l1"), HasSubstr("(plateau 4 KiB to 48 KiB)"));
}

TEST(MemoryClaims, WithoutAThirdPlateauItsRowsAreNotMeasurableAndTheOthersAre) {
  const auto run = run_on(kBoard);
  EXPECT_EQ(run.verdict("memory.l3"), "not measurable");
  EXPECT_THAT(run.reason("memory.l3"), HasSubstr("2 plateaus before memory"));
  EXPECT_EQ(run.verdict("memory.l3-size"), "not measurable");
  EXPECT_EQ(run.verdict("memory.ram"), "refuted");
  EXPECT_EQ(run.verdict("memory.hierarchy-order"), "holds");
  EXPECT_THAT(run.reason("memory.hierarchy-order"), HasSubstr("without a plateau: last-level cache"));
}

TEST(MemoryClaims, AnUndecidedSizeSaysBetweenWhichSizesTheCurveCrosses) {
  const auto run = run_on(kDesktop, 1);
  EXPECT_EQ(run.verdict("memory.l1-size"), "undecided");
  EXPECT_THAT(run.reason("memory.l1-size"), HasSubstr("crosses between 32 KiB and 64 KiB"));
  EXPECT_TRUE(run.claim("memory.l1-size").at("value").is_null());
  EXPECT_EQ(run.verdict("memory.l1"), "holds");
}

TEST(MemoryClaims, PositionsFollowTheCliffsOfTheCommonCurve) {
  auto run = run_on(kDesktop);
  run.add(kOrderScenario, "memory/access_order");
  run.measure("random", "access_ns", walk_on(kDesktop));
  run.measure("sequential", "access_ns", [](const Axes&, int round) { return wobble(1.2, round); });
  const auto judged = run.claim("memory.random-array");
  EXPECT_EQ(judged.at("verdict"), "holds");
  EXPECT_THAT(run.reason("memory.random-array"), HasSubstr("at 128 MiB"));  // least power of two from 4 × 24 MiB on
  EXPECT_THAT(std::string(judged.at("control").at("text").as_string()),
              HasSubstr("at 16 KiB"));  // largest up to half of 48 KiB
  EXPECT_EQ(judged.at("control").at("passed"), true);
}

TEST(MemoryClaims, PositionsAreNotMeasurableWithoutACurve) {
  SyntheticRun run;
  run.add(kOrderScenario, "memory/access_order");
  run.measure("random", "access_ns", 5.0);
  run.measure("sequential", "access_ns", 2.0);
  EXPECT_EQ(run.verdict("memory.random-array"), "not measurable");
  EXPECT_THAT(run.reason("memory.random-array"), HasSubstr("no curve that shows the caches"));
  EXPECT_FALSE(run.claim("memory.random-array").contains("left_out"));
  run.record.plan.only = {"memory/access_order"};
  EXPECT_EQ(run.verdict("memory.random-array"), "not measurable");
  EXPECT_THAT(run.reason("memory.random-array"), HasSubstr("--only leaves out memory/cache_cliffs"));
  EXPECT_EQ(run.claim("memory.random-array").at("left_out"), true);
}

TEST(MemoryClaims, PositionsAreNotMeasurableWhereNothingWasMeasuredThatFar) {
  auto run = run_on(kDesktop);
  run.add(kOrderScenario, "memory/access_order");
  const auto small = [](const Axes& axes, int round) {
    return wobble(std::stod(axes.at("bytes")) > 64 * kMiB ? 1e3 : 1.2, round);
  };
  run.measure("random", "access_ns", small);
  run.measure("sequential", "access_ns", small);
  std::erase_if(run.blocks, [](const Block& block) {
    return block.case_key.ends_with("bytes:134217728") || block.case_key.ends_with("bytes:268435456") ||
           block.case_key.ends_with("bytes:536870912");
  });
  // The curve's own largest sizes went with them: it ends in a climb.
  EXPECT_EQ(run.verdict("memory.random-array"), "not measurable");
}

TEST(MemoryClaims, AFailedCurveLeavesItsClaimsUndecidedOrNotMeasurable) {
  SyntheticRun run;
  run.add(hierarchy_scenario(1), "memory/cache_cliffs");
  run.refuse("random_huge", Outcome::kUnmeasurable, "no huge pages");
  EXPECT_EQ(run.verdict("memory.l1"), "not measurable");
  EXPECT_EQ(run.reason("memory.l1"), "no huge pages");
  SyntheticRun crashed;
  crashed.add(hierarchy_scenario(1), "memory/cache_cliffs");
  crashed.refuse("random_huge", Outcome::kFailed, "killed by signal 11");
  EXPECT_EQ(crashed.verdict("memory.l1"), "undecided");
}

TEST(MemoryClaims, TheHierarchyIsInTheDocument) {
  auto run = run_on(kDesktop);
  run.record.machine["caches"] = {
      Fact::Kind::kIdentity,
      boost::json::array{boost::json::object{{"level", 1}, {"type", "data"}, {"bytes", 49152}},
                         boost::json::object{{"level", 1}, {"type", "instruction"}, {"bytes", 32768}},
                         boost::json::object{{"level", 3}, {"type", "unified"}, {"bytes", 110100480}}},
      ""};
  const auto whole = run.analysis();
  const auto& hierarchy = whole.at("hierarchy").as_object();
  ASSERT_EQ(hierarchy.at("levels").as_array().size(), 4U);
  EXPECT_EQ(hierarchy.at("levels").as_array()[2].at("text"), "last-level cache");
  ASSERT_EQ(hierarchy.at("cliffs").as_array().size(), 3U);
  EXPECT_EQ(hierarchy.at("cliffs").as_array()[1].at("bytes"), 1310720);
  EXPECT_EQ(hierarchy.at("reported").as_array().size(), 2U);

  const auto& figure = whole.at("figures").as_array()[0].as_object();
  const auto& marks = figure.at("marks").as_array();
  ASSERT_EQ(marks.size(), 5U);
  EXPECT_EQ(marks[0].at("text"), "cliff 48 KiB");
  EXPECT_EQ(marks[0].at("kind"), "detected");
  EXPECT_EQ(marks[4].at("kind"), "reported");
  EXPECT_EQ(marks[4].at("at"), 110100480);
  const auto& bands = figure.at("bands").as_array();  // the size is not on y
  ASSERT_EQ(bands.size(), 1U);
  EXPECT_EQ(bands[0].at("text"), "L1 1–2 ns (fundamentos)");
}

}  // namespace
}  // namespace unitcost
