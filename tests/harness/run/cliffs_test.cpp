#include "harness/run/cliffs.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

#include "harness/plan/build.hpp"
#include "harness/scenario/parse.hpp"

namespace unitcost {
namespace {

using testing::ElementsAre;
using testing::SizeIs;

std::string head() {
  return R"(schema = 1
question = "q"
why = "w"
reading = "r"
[cases]
)";
}

Scenario with_curves(const std::string& cliff_case) {
  return parse_scenario(head() + R"(huge = "walk/page:huge/bytes:{bytes}"
base = "walk/page:base/bytes:{bytes}"
[axis.bytes]
values = { from = "1KiB", to = "2KiB", per_octave = 1, near_cliffs = 4)" +
                            cliff_case + R"( }
[run]
cpus = "one"
)",
                        "memory/cache_cliffs", "cache_cliffs.toml");
}

std::set<std::string> of_curves(const Scenario& scenario) {
  const std::vector<Scenario> scenarios{scenario};
  return cases_of_cliff_curves(scenarios, build_plan(scenarios, Profile{}, {}));
}

TEST(CliffCurves, AreMadeOfTheCasesOfTheirLabel) {
  EXPECT_THAT(
      of_curves(with_curves(R"(, cliff_case = "huge")")),
      ElementsAre("memory/cache_cliffs:walk/page:huge/bytes:1024", "memory/cache_cliffs:walk/page:huge/bytes:2048"));
}

TEST(CliffCurves, OfAnAxisThatTakesItsCliffsFromAnotherThereAreNone) {
  EXPECT_THAT(of_curves(with_curves("")), ElementsAre());
}

TEST(FindCliffs, TakesTheCheapestBlockOfASizeThatRanMoreThanOnce) {
  const std::vector<Scenario> scenarios{parse_scenario(head() + R"(huge = "walk/page:huge/bytes:{bytes}"
[axis.bytes]
values = { from = "1KiB", to = "32MiB", per_octave = 1, near_cliffs = 4, cliff_case = "huge" }
[run]
cpus = "one"
)",
                                                       "memory/cache_cliffs", "cache_cliffs.toml")};
  const Plan plan = build_plan(scenarios, Profile{}, {});
  Ledger ledger;
  const auto add = [&](const std::string& key, int attempt, double ns) {
    Block block;
    block.case_key = key;
    block.round = 0;
    block.attempt = attempt;
    block.outcome = Outcome::kMeasured;
    block.samples["access_ns"] = {ns};
    ledger.add(block);
  };
  constexpr std::uint64_t kFits = std::uint64_t{64} << 10U;
  constexpr std::uint64_t kDisturbed = std::uint64_t{16} << 20U;
  for (const PlannedCase& planned : plan.cases) {
    const std::uint64_t bytes = std::stoull(planned.axes.at("bytes"));
    const double ns = bytes <= kFits ? 1.0 : 10.0;
    if (bytes >= kDisturbed) add(planned.key, 1, 1.5 * ns);
    add(planned.key, bytes >= kDisturbed ? 2 : 1, ns);
  }
  const auto found = find_cliffs(scenarios, plan, ledger);
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_THAT(found.at("memory/cache_cliffs:bytes"), SizeIs(1));
}

TEST(Guards, AreTheCasesOfControlsAndCeilings) {
  const auto guarded = [](const std::string& guards) {
    const std::vector<Scenario> scenarios{parse_scenario(head() + R"(judged = "judged"
control = "control/bytes:{bytes}"
ceiling = "ceiling"
other = "other"
[axis.bytes]
values = ["1KiB", "64KiB", "64MiB"]
[run]
cpus = "one"
[[claim]]
id = "memory.claim"
source = { key = "ours" }
says = "s"
metric = { value = "judged", counter = "x_ns" }
unit = "ns"
)" + guards,
                                                         "memory/guards", "guards.toml")};
    return cases_of_guards(scenarios, build_plan(scenarios, Profile{}, {}));
  };
  EXPECT_THAT(guarded(""), ElementsAre());
  EXPECT_THAT(
      guarded(R"(control = { value = "control", counter = "x_ns", at = { bytes = "each" }, expect = { at_most = 1 } }
ceiling = { ratio = ["ceiling", "judged"], counter = "x_ns", expect = { at_least = 1 } })"),
      ElementsAre("memory/guards:ceiling", "memory/guards:control/bytes:1024", "memory/guards:control/bytes:65536",
                  "memory/guards:control/bytes:67108864", "memory/guards:judged"));
  // Of a sweep only what the position may mean: a long walk through memory guards nothing when half of the first cache is asked for.
  const auto at = [&](const std::string& place) {
    return guarded("control = { value = \"control\", counter = \"x_ns\", at = { bytes = " + place +
                   " }, expect = { at_most = 1 } }");
  };
  EXPECT_THAT(at(R"("64KiB")"), ElementsAre("memory/guards:control/bytes:65536"));
  EXPECT_THAT(at(R"("half-first-cache")"),
              ElementsAre("memory/guards:control/bytes:1024", "memory/guards:control/bytes:65536"));
  EXPECT_THAT(at(R"("past-last-cache")"), SizeIs(3));
}

}  // namespace
}  // namespace unitcost
