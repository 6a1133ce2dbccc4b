#include "harness/cli/run_summary.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace unitcost::cli {
namespace {

using testing::HasSubstr;

Block block_of(int round, int attempt, std::vector<double> cost_ns, std::vector<std::string> contaminated = {}) {
  Block block;
  block.case_key = "f/a:c";
  block.round = round;
  block.attempt = attempt;
  block.samples["real_ns"] = {1.0, 1.0, 1.0};
  block.samples["access_ns"] = std::move(cost_ns);
  block.contaminated = std::move(contaminated);
  return block;
}

Plan plan_of_one() {
  Plan plan;
  PlannedCase planned;
  planned.key = "f/a:c";
  plan.cases.push_back(planned);
  return plan;
}

TEST(RunSummary, IsTheMedianOfBlockMediansWithoutRoundZero) {
  const auto rows = summarise(plan_of_one(), {block_of(0, 1, {99}), block_of(1, 1, {1, 2, 9}),
                                              block_of(2, 1, {3, 4, 5}), block_of(3, 1, {6, 6, 6})});
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].counter, "access_ns");
  EXPECT_EQ(rows[0].median, 4.0);
  EXPECT_EQ(rows[0].blocks, 3);
}

TEST(RunSummary, TakesTheFirstCleanAttemptElseTheLast) {
  const auto repeated =
      summarise(plan_of_one(), {block_of(1, 1, {50}, {"steal"}), block_of(1, 2, {2}), block_of(2, 1, {70}, {"cpu"}),
                                block_of(2, 2, {80}, {"cpu"}), block_of(2, 3, {4}, {"cpu"})});
  EXPECT_EQ(repeated[0].median, 3.0);
  EXPECT_EQ(repeated[0].blocks, 2);
  EXPECT_EQ(repeated[0].contaminated, 4);
}

TEST(RunSummary, SaysWhyThereIsNoNumber) {
  Block failed = block_of(1, 1, {});
  failed.samples.clear();
  failed.outcome = Outcome::kFailed;
  failed.reason = "killed";
  EXPECT_THAT(summarise(plan_of_one(), {failed})[0].note, HasSubstr("killed"));
  Plan dropped = plan_of_one();
  dropped.cases[0].dropped = "no strace";
  EXPECT_EQ(summarise(dropped, {})[0].note, "no strace");
  EXPECT_TRUE(summarise(dropped, {})[0].counter.empty());
}

}  // namespace
}  // namespace unitcost::cli
