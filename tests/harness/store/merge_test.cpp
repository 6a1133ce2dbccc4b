#include "harness/store/merge.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "harness/base/error.hpp"
#include "harness/base/files.hpp"
#include "harness/store/blocks_file.hpp"
#include "harness/store/run_folder.hpp"

namespace unitcost {
namespace {

namespace fs = std::filesystem;
using What = MergedRun::What;

class Merging : public testing::Test {
 protected:
  void SetUp() override {
    const auto* test = testing::UnitTest::GetInstance()->current_test_info();
    base_ = fs::temp_directory_path() / ("unitcost-merge-" + std::string(test->name()));
    fs::remove_all(base_);
    fs::create_directories(base_);
  }
  void TearDown() override { fs::remove_all(base_); }

  /// A run with `blocks` blocks; runs of one machine and start differ in their later blocks only.
  fs::path make(const std::string& place, const std::string& machine, int blocks, const std::string& commit = "aaaa",
                const std::string& utc = "2026-01-02T03:04:05Z", int first_iterations = 7) {
    fs::path folder = base_ / place;
    fs::create_directories(folder / "logs");
    RunRecord record;
    record.machine_id = machine;
    record.boot = "boot";
    record.status = "complete";
    record.started_utc = utc;
    record.build["commit"] = {Fact::Kind::kSetUp, boost::json::value(commit), ""};
    store_record(folder, record);
    BlocksFile file(folder / "blocks.jsonl");
    for (int round = 0; round < blocks; ++round) {
      Block block;
      block.case_key = "p:x";
      block.round = round;
      block.iterations = first_iterations;
      file.append(block);
    }
    std::ofstream(folder / "logs" / "one.log") << "said\n";
    return folder;
  }
  std::vector<What> merge(const std::vector<fs::path>& runs) {
    std::vector<What> words;
    for (const MergedRun& run : merge_runs(runs, into()).runs) words.push_back(run.what);
    return words;
  }
  fs::path into() const { return base_ / "into"; }
  static std::string text(const fs::path& path) { return read_file(path).value_or("nothing"); }

  fs::path base_;
};

TEST_F(Merging, BringsEachRunOnceHoweverOften) {
  const fs::path one = make("x/run", "m1", 3);
  const fs::path copy = make("y/other-name", "m1", 3);
  const fs::path two = make("z/run", "m2", 3);
  EXPECT_EQ(merge({one, copy, two}), (std::vector<What>{What::kCopied, What::kThere, What::kCopied}));
  EXPECT_EQ(merge({one, copy, two}), (std::vector<What>{What::kThere, What::kThere, What::kThere}));
  EXPECT_EQ(text(into() / "m1" / "run" / "blocks.jsonl"), text(one / "blocks.jsonl"));
  EXPECT_EQ(text(into() / "m1" / "run" / "run.json"), text(one / "run.json"));
  EXPECT_EQ(text(into() / "m2" / "run" / "logs" / "one.log"), "said\n");
}

TEST_F(Merging, TwoRunsOfOneNameBothFindAPlace) {
  const fs::path one = make("x/run", "m1", 3);
  const fs::path later = make("y/run", "m1", 3, "bbbb", "2026-01-03T03:04:05Z");
  EXPECT_EQ(merge({one, later}), (std::vector<What>{What::kCopied, What::kCopied}));
  EXPECT_TRUE(fs::exists(into() / "m1" / "run-2" / "run.json"));
}

TEST_F(Merging, ALaterStageOfARunTakesTheEarlierOnesPlaceAndNeverTheOtherWay) {
  const fs::path early = make("x/run", "m1", 2);
  const fs::path late = make("y/run", "m1", 4);
  EXPECT_EQ(merge({early}), (std::vector<What>{What::kCopied}));
  EXPECT_EQ(merge({late}), (std::vector<What>{What::kAdvanced}));
  EXPECT_EQ(text(into() / "m1" / "run" / "blocks.jsonl"), text(late / "blocks.jsonl"));
  EXPECT_EQ(merge({early}), (std::vector<What>{What::kOlder}));
  EXPECT_EQ(text(into() / "m1" / "run" / "blocks.jsonl"), text(late / "blocks.jsonl"));
}

TEST_F(Merging, AChangedRunIsAConflictAndNothingIsOverwritten) {
  const fs::path one = make("x/run", "m1", 3);
  const fs::path changed = make("y/run", "m1", 3, "aaaa", "2026-01-02T03:04:05Z", 8);
  EXPECT_EQ(merge({one}), (std::vector<What>{What::kCopied}));
  EXPECT_EQ(merge({changed}), (std::vector<What>{What::kConflict}));
  EXPECT_EQ(text(into() / "m1" / "run" / "blocks.jsonl"), text(one / "blocks.jsonl"));
}

TEST_F(Merging, NamesTheMachinesThatHaveNoRunOfTheNewestCommit) {
  const Merged merged = merge_runs(
      {make("a/run", "m1", 2, "old", "2026-01-01T00:00:00Z"), make("b/run2", "m1", 2, "new", "2026-01-03T00:00:00Z"),
       make("c/run", "m2", 2, "old", "2026-01-02T00:00:00Z")},
      into());
  EXPECT_EQ(merged.newest_commit, "new");
  EXPECT_EQ(merged.missing, std::vector<std::string>{"m2"});
  ASSERT_EQ(merged.machines.size(), 2U);
  EXPECT_EQ(merged.machines[0].runs, 2);
}

TEST_F(Merging, AHalfCopyOfAnInterruptedMergeIsNoRun) {
  const fs::path one = make("x/run", "m1", 3);
  make("into/m1/.merging-1", "m1", 3);
  EXPECT_EQ(merge({one}), (std::vector<What>{What::kCopied}));
}

TEST_F(Merging, RefusesWhatIsNoRunBeforeItCopiesAnything) {
  const fs::path good = make("x/run", "m1", 3);
  const fs::path broken = make("y/run", "m2", 3);
  std::ofstream(broken / "run.json") << "{";
  EXPECT_THROW(merge({good, broken}), BadInput);
  EXPECT_FALSE(fs::exists(into() / "m1"));
  EXPECT_THROW(merge({make("z/run", "../outside", 3)}), BadInput);
  EXPECT_FALSE(fs::exists(base_ / "outside"));
}

}  // namespace
}  // namespace unitcost
