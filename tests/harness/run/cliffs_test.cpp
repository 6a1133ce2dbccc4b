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

Scenario with_curves(const std::string& cliff_case) {
  return parse_scenario(R"(
schema = 1
question = "q"
why = "w"
reading = "r"
[cases]
huge = "walk/page:huge/bytes:{bytes}"
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

TEST(Guards, AreTheCasesOfControlsAndCeilings) {
  const auto guarded = [](const std::string& guards) {
    const std::vector<Scenario> scenarios{parse_scenario(R"(
schema = 1
question = "q"
why = "w"
reading = "r"
[cases]
judged = "judged"
control = "control/bytes:{bytes}"
ceiling = "ceiling"
other = "other"
[axis.bytes]
values = ["1KiB", "2KiB"]
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
      guarded(R"(control = { value = "control", counter = "x_ns", at = { bytes = "1KiB" }, expect = { at_most = 1 } }
ceiling = { ratio = ["ceiling", "judged"], counter = "x_ns", expect = { at_least = 1 } })"),
      ElementsAre("memory/guards:ceiling", "memory/guards:control/bytes:1024", "memory/guards:control/bytes:2048",
                  "memory/guards:judged"));
}

}  // namespace
}  // namespace unitcost
