// Programs of others: what they are asked, and what is said when they are none.
#include "harness/run/foreign.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/base/error.hpp"

namespace unitcost {
namespace {

using testing::HasSubstr;
using testing::ThrowsMessage;

/// Lists two cases; refuses our flags unless it is ours.
class Listing final : public ProcessRunner {
 public:
  explicit Listing(bool ours) : ours_(ours) {}
  ChildResult run(const ChildRequest& request) override {
    ChildResult result;
    const bool asked_for_ours = request.arguments.front().starts_with("--unitcost_");
    result.end.code = asked_for_ours && !ours_ ? 1 : 0;
    if (result.end.code == 0) result.standard_output = "BM_one/8\nBM_two/threads:2\n";
    return result;
  }

 private:
  bool ours_;
};

TEST(Foreign, IsAskedForItsCasesAndToldFromOurs) {
  Listing theirs(false);
  const ForeignProgram program = read_foreign("/bin/sh", theirs, {});
  EXPECT_FALSE(program.launch.ours);
  EXPECT_THAT(program.cases, testing::ElementsAre("BM_one/8", "BM_two/threads:2"));
  Listing ours(true);
  EXPECT_TRUE(read_foreign("/bin/sh", ours, {}).launch.ours);
}

TEST(Foreign, HasAPlanAndAScenarioWithoutAFile) {
  Listing theirs(false);
  const ForeignProgram program = read_foreign("/bin/sh", theirs, {});
  Profile profile;
  const Plan plan = foreign_plan(program, profile, 3, {});
  ASSERT_EQ(plan.cases.size(), 2U);
  EXPECT_EQ(plan.cases[0].key, program.name + ":BM_one/8");
  EXPECT_EQ(plan.cases[0].cpus, "one");
  EXPECT_EQ(plan.cases[1].cpus, "all");
  EXPECT_EQ(plan.labels[1].scenario, scenario_of(program).id);
  EXPECT_EQ(scenario_of(program).cases.size(), 2U);
}

TEST(Foreign, AWrongPrefixNamesTheNearest) {
  Listing theirs(false);
  const ForeignProgram program = read_foreign("/bin/sh", theirs, {});
  EXPECT_EQ(foreign_plan(program, {}, 3, {"BM_two"}).cases.size(), 1U);
  EXPECT_THAT([&] { foreign_plan(program, {}, 3, {"BM_on/8"}); }, ThrowsMessage<BadInput>(HasSubstr("BM_one/8")));
}

TEST(Foreign, WhatIsMissingIsSaid) {
  Listing theirs(false);
  EXPECT_THAT([&] { read_foreign("/nowhere/at-all", theirs, {}); },
              ThrowsMessage<BadInput>(HasSubstr("no such program")));
  EXPECT_THAT([&] { read_foreign("/etc/passwd", theirs, {}); }, ThrowsMessage<BadInput>(HasSubstr("chmod +x")));
}

}  // namespace
}  // namespace unitcost
