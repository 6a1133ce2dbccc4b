// Programs of others: what they are asked, and what is said when they are none.
#include "harness/run/foreign.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json/serialize.hpp>

#include "harness/base/error.hpp"
#include "harness/base/json.hpp"
#include "harness/scenario/scenario_json.hpp"

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

TEST(Foreign, WhateverItsNamesAreTheScenarioIsReadBackFromARun) {
  const std::vector<std::string> odd{"BM_copy/4096",
                                     "BM_Copy/4096",
                                     "BM sort<std::vector<int>, 8>/real_time",
                                     "memory",
                                     "2 fast {x}",
                                     "µ-bench",
                                     "{}",
                                     "a b",
                                     "a_b",
                                     "a{b",
                                     "cpus/threads:2",
                                     std::string(300, 'x') + "1",
                                     std::string(300, 'x') + "2"};
  for (const std::string name : {"l1_floor", "fake.sh", "My Bench.2", "7zip", "_", "µ"}) {
    const ForeignProgram program{name, {}, odd};
    const Scenario scenario = scenario_of(program);
    const auto text = boost::json::serialize(to_json(scenario));
    EXPECT_EQ(scenario_from_json(parse_json(text, "run.json")), scenario) << name;
    const Plan plan = foreign_plan(program, {}, 3, {});
    ASSERT_EQ(plan.labels.size(), odd.size());
    for (std::size_t at = 0; at < odd.size(); ++at) {
      EXPECT_EQ(plan.cases[at].key, name + ":" + odd[at]) << "the plan keeps the names";
      EXPECT_EQ(plan.labels[at].label, scenario.case_order[at]);
      EXPECT_EQ(plan.labels[at].scenario, scenario.id);
    }
  }
  EXPECT_EQ(scenario_of({"My Bench.2", {}, odd}).id, "program/my_bench_2");
  EXPECT_EQ(labels_of({"p", {}, odd})[0], "bm_copy_4096");
}

TEST(Foreign, ACaseThatIsListedTwiceIsRefused) {
  const ForeignProgram program{"p", {}, {"one", "two", "one"}};
  EXPECT_THAT([&] { foreign_plan(program, {}, 3, {}); }, ThrowsMessage<BadInput>(HasSubstr("'one' twice")));
  EXPECT_EQ(foreign_plan(program, {}, 3, {"two"}).cases.size(), 1U);
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
