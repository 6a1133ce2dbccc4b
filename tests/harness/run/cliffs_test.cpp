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

}  // namespace
}  // namespace unitcost
