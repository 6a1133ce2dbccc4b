#include "harness/analyse/evidence.hpp"

#include <cmath>
#include <vector>

#include <gtest/gtest.h>

namespace unitcost {
namespace {

RunRecord record_of(int rounds) {
  RunRecord record;
  record.plan.rounds = rounds;
  PlannedCase planned;
  planned.key = "a/b:case";
  record.plan.cases.push_back(planned);
  return record;
}

Block block_of(int round, int attempt, std::vector<double> samples, std::vector<std::string> contaminated = {}) {
  Block block;
  block.case_key = "a/b:case";
  block.round = round;
  block.attempt = attempt;
  block.samples["op_ns"] = std::move(samples);
  block.contaminated = std::move(contaminated);
  return block;
}

std::vector<double> values_of(const RunRecord& record, const std::vector<Block>& blocks) {
  const Evidence evidence(record, blocks);
  return evidence.find("a/b:case")->values("op_ns");
}

TEST(Evidence, ABlocksValueIsTheMedianOfItsSamples) {
  EXPECT_DOUBLE_EQ(values_of(record_of(1), {block_of(1, 1, {9.0, 1.0, 5.0})})[0], 5.0);
}

TEST(Evidence, RoundZeroIsDiscarded) {
  const auto values = values_of(record_of(2), {block_of(0, 1, {100.0}), block_of(1, 1, {1.0}), block_of(2, 1, {2.0})});
  EXPECT_EQ(values, (std::vector<double>{1.0, 2.0}));
}

TEST(Evidence, TheFirstCleanAttemptCounts) {
  const auto record = record_of(1);
  EXPECT_DOUBLE_EQ(
      values_of(record, {block_of(1, 1, {1.0}, {"steal"}), block_of(1, 2, {2.0}), block_of(1, 3, {3.0})})[0], 2.0);
  EXPECT_DOUBLE_EQ(
      values_of(record, {block_of(1, 3, {3.0}), block_of(1, 2, {2.0}), block_of(1, 1, {1.0}, {"steal"})})[0], 2.0);
}

TEST(Evidence, IfNoneIsCleanTheLastOneCountsFlagged) {
  const auto record = record_of(1);
  const std::vector<Block> blocks{block_of(1, 1, {1.0}, {"steal"}), block_of(1, 3, {3.0}, {"cpu"}),
                                  block_of(1, 2, {2.0}, {"steal"})};
  EXPECT_DOUBLE_EQ(values_of(record, blocks)[0], 3.0);
  EXPECT_EQ(Evidence(record, blocks).find("a/b:case")->contaminated(), 1);
}

TEST(Evidence, NothingIsLeftOfAnAttemptThatCountsNoMore) {
  const auto record = record_of(2);
  std::vector<Block> blocks{block_of(1, 1, {1.0}, {"steal"}), block_of(2, 1, {4.0}), block_of(1, 2, {2.0})};
  blocks[0].samples["another_ns"] = {7.0};
  blocks[1].samples["third"] = {8.0};
  const Evidence evidence(record, blocks);
  const CaseEvidence& found = *evidence.find("a/b:case");
  EXPECT_EQ(found.counters(), (std::vector<std::string>{"op_ns", "third"}));
  EXPECT_EQ(found.values("op_ns"), (std::vector<double>{2.0, 4.0}));
  EXPECT_TRUE(std::isnan(found.values("another_ns")[0]));
  EXPECT_TRUE(std::isnan(found.values("third")[0]));
  EXPECT_EQ(found.values("third")[1], 8.0);
  EXPECT_EQ(found.by_round[0].index, 2) << "the third block of the run";
  EXPECT_EQ(found.by_round[1].index, 1);
}

TEST(Evidence, AFailedAttemptDoesNotHideAMeasuredOne) {
  auto failed = block_of(1, 2, {});
  failed.outcome = Outcome::kFailed;
  failed.reason = "killed";
  const auto record = record_of(1);
  const std::vector<Block> blocks{block_of(1, 1, {1.0}, {"steal"}), failed};
  const Evidence evidence(record, blocks);
  EXPECT_DOUBLE_EQ(evidence.find("a/b:case")->values("op_ns")[0], 1.0);
  EXPECT_EQ(evidence.find("a/b:case")->failed_blocks, 1);
  EXPECT_EQ(evidence.find("a/b:case")->failure, "killed");
}

TEST(Evidence, AMissingRoundOrCounterIsNaN) {
  const auto record = record_of(3);
  const std::vector<Block> blocks{block_of(1, 1, {1.0}), block_of(3, 1, {3.0})};
  const Evidence evidence(record, blocks);
  EXPECT_TRUE(std::isnan(evidence.find("a/b:case")->values("op_ns")[1]));
  EXPECT_TRUE(std::isnan(evidence.find("a/b:case")->values("other")[0]));
  EXPECT_EQ(evidence.find("a/b:case")->estimate("op_ns").n, 2);
  EXPECT_EQ(evidence.find("a/b:case")->estimate("other").n, 0);
}

TEST(Evidence, ACaseThatThePlanDroppedSaysWhy) {
  auto record = record_of(1);
  record.plan.cases[0].dropped = "needs 1.1 GiB, 0.5 GiB may be used";
  const Evidence evidence(record, std::vector<Block>{});
  EXPECT_EQ(evidence.find("a/b:case")->unmeasurable, "needs 1.1 GiB, 0.5 GiB may be used");
}

TEST(Evidence, BlocksOfUnknownCasesAreIgnored) {
  auto stranger = block_of(1, 1, {1.0});
  stranger.case_key = "x/y:z";
  const auto record = record_of(1);
  const std::vector<Block> blocks{stranger};
  EXPECT_EQ(Evidence(record, blocks).find("x/y:z"), nullptr);
}

TEST(Evidence, OperationsAreNotACounterOfCost) {
  auto block = block_of(1, 1, {1.0});
  block.samples["operations"] = {100.0};
  block.samples["real_ns"] = {100.0};
  const auto record = record_of(1);
  const std::vector<Block> blocks{block};
  EXPECT_EQ(Evidence(record, blocks).find("a/b:case")->counters(), (std::vector<std::string>{"op_ns", "real_ns"}));
}

}  // namespace
}  // namespace unitcost
