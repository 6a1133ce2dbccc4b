#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>

#include <boost/json/serialize.hpp>

#include "harness/base/error.hpp"
#include "harness/base/files.hpp"
#include "harness/store/blocks_file.hpp"
#include "harness/store/load.hpp"
#include "harness/store/run_folder.hpp"
#include "tests/harness/complaint.hpp"

namespace unitcost {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

Block block_of(int round) {
  Block block;
  block.case_key = "f/a:c:1";
  block.round = round;
  block.started_utc = "2026-01-02T03:04:05Z";
  block.iterations = 120;
  block.samples["real_ns"] = {1.0 / 3.0, 9962.0};
  block.covariates.cpus_asked = {1};
  block.covariates.readings = {{"wall_s", 0.06}, {"frequency_khz", std::nullopt}};
  block.contaminated = {"steal"};
  return block;
}

std::string replaced(std::string text, const std::string& old, const std::string& fresh) {
  const std::size_t at = text.find(old);
  return at == std::string::npos ? text : text.replace(at, old.size(), fresh);
}

class StoreTest : public testing::Test {
 protected:
  StoreTest() { fs::create_directories(folder_); }
  ~StoreTest() override { fs::remove_all(folder_); }
  void write_run(int blocks) {
    RunRecord record;
    record.machine_id = "0123456789ab";
    store_record(folder_, record);
    BlocksFile file(folder_ / "blocks.jsonl");
    for (int round = 0; round < blocks; ++round) file.append(block_of(round));
  }
  std::string complaint_about(Keep keep) const {
    return testing_support::complaint_of([&] { return load_run(folder_, keep); });
  }
  fs::path folder_ = fs::path(testing::TempDir()) / ("unitcost-store-" + std::to_string(getpid()));
};

TEST_F(StoreTest, ABlockComesBackAsItWas) {
  const auto json = to_json(block_of(3));
  const Block back = block_from_json(json);
  EXPECT_EQ(to_json(back), json);
  EXPECT_EQ(back.samples.at("real_ns")[0], 0.333333333);  // nine digits
  EXPECT_FALSE(back.covariates.readings.at("frequency_khz").has_value());
}

TEST_F(StoreTest, ARunIsReadBackAndItsIdDoesNotDependOnItsPlace) {
  write_run(3);
  const LoadedRun run = load_run(folder_);
  EXPECT_EQ(run.blocks.size(), 3U);
  EXPECT_EQ(run.id.size(), 12U);
  EXPECT_FALSE(run.torn_tail);
  const fs::path elsewhere = folder_.string() + "-moved";
  fs::copy(folder_, elsewhere);
  EXPECT_EQ(load_run(elsewhere).id, run.id);
  BlocksFile(elsewhere / "blocks.jsonl").append(block_of(9));
  EXPECT_NE(load_run(elsewhere).id, run.id);
  fs::remove_all(elsewhere);
}

TEST_F(StoreTest, ATornLastLineIsLeftOutAndThenCut) {
  write_run(2);
  const auto whole = fs::file_size(folder_ / "blocks.jsonl");
  std::ofstream(folder_ / "blocks.jsonl", std::ios::app) << R"({"case":"f/a:c:1","rou)";
  const LoadedRun run = load_run(folder_);
  EXPECT_TRUE(run.torn_tail);
  EXPECT_EQ(run.blocks.size(), 2U);
  EXPECT_EQ(cut_torn_line(folder_ / "blocks.jsonl"), 22U);
  EXPECT_EQ(fs::file_size(folder_ / "blocks.jsonl"), whole);
  EXPECT_EQ(load_run(folder_).id, run.id);
}

TEST_F(StoreTest, ABadLineIsNamedByFileAndNumber) {
  write_run(2);
  std::ofstream(folder_ / "blocks.jsonl", std::ios::app) << "{\"case\":3}\n";
  EXPECT_THAT([&] { load_run(folder_); }, testing::ThrowsMessage<BadInput>(HasSubstr("blocks.jsonl:3")));
}

TEST_F(StoreTest, ABlockThatStandsTwiceIsRefused) {
  write_run(2);
  BlocksFile(folder_ / "blocks.jsonl").append(block_of(1));
  EXPECT_THAT([&] { load_run(folder_); }, testing::ThrowsMessage<BadInput>(HasSubstr("stands twice")));
}

TEST_F(StoreTest, WhateverIsKeptTheSameIsRefusedWithTheSameWords) {
  const std::string good = boost::json::serialize(to_json(block_of(9))) + "\n";
  for (const std::string& line :
       {std::string("{\"case\":3}\n"), std::string("\n"), good + good, good.substr(0, 80) + "\n",
        replaced(good, "wall_s", "frequency_khz"), replaced(good, "6E-2", "\"x\""), replaced(good, "6E-2", "1E999"),
        replaced(good, "\"steal\"", "7"), replaced(good, "\"round\":9", "\"round\":1001"),
        replaced(good, "\"round\":9", "\"round\":-1")}) {
    fs::remove_all(folder_);
    fs::create_directories(folder_);
    write_run(2);
    std::ofstream(folder_ / "blocks.jsonl", std::ios::app) << line;
    const std::string complaint = complaint_about(Keep::kAll);
    EXPECT_EQ(complaint, complaint_about(Keep::kEvidence));
    EXPECT_THAT(complaint, HasSubstr("blocks.jsonl:")) << line;
  }
}

TEST_F(StoreTest, LinesThatOthersWroteGiveTheSameBlocks) {
  write_run(3);
  const LoadedRun whole = load_run(folder_);
  const LoadedRun lean = load_run(folder_, Keep::kEvidence);
  EXPECT_EQ(lean.id, whole.id);
  std::string text = read_file(folder_ / "blocks.jsonl").value();
  for (std::size_t at = text.find(','); at != std::string::npos; at = text.find(',', at + 2)) text.insert(at + 1, " ");
  std::ofstream(folder_ / "blocks.jsonl") << text;
  for (const Keep keep : {Keep::kAll, Keep::kEvidence}) {
    const std::vector<Block> spaced = load_run(folder_, keep).blocks;
    const std::vector<Block>& plain = (keep == Keep::kAll ? whole : lean).blocks;
    ASSERT_EQ(spaced.size(), plain.size());
    for (std::size_t at = 0; at < spaced.size(); ++at) EXPECT_EQ(to_json(spaced[at]), to_json(plain[at]));
  }
  EXPECT_TRUE(lean.blocks[0].covariates.readings.empty());
  EXPECT_EQ(whole.blocks[0].covariates.readings.size(), 2U);
}

TEST_F(StoreTest, NoMemoryIsAskedForBecauseAFileNamesARound) {
  RunRecord record;
  record.plan.rounds = 2'000'000'000;
  store_record(folder_, record);
  EXPECT_THAT(complaint_about(Keep::kAll), HasSubstr("plan.rounds: 2000000000 is no number of rounds"));
}

TEST_F(StoreTest, BlocksThatCannotBeReadAreNotTakenForNone) {
  store_record(folder_, {});
  EXPECT_TRUE(load_run(folder_).blocks.empty()) << "it was stopped before its first block";
  fs::create_directories(folder_ / "blocks.jsonl");
  EXPECT_THAT(complaint_about(Keep::kAll), HasSubstr("blocks.jsonl: cannot be read"));
}

TEST_F(StoreTest, OnlyARunThatWasStoppedBeforeItsFirstBlockHasNone) {
  store_record(folder_, {});
  EXPECT_THAT(why_no_blocks(load_run(folder_)), HasSubstr("stopped before its first"));
  RunRecord frozen;
  frozen.plan.frozen = true;
  store_record(folder_, frozen);
  EXPECT_THAT(complaint_about(Keep::kAll), HasSubstr("blocks.jsonl: is missing"));
  RunRecord complete;
  complete.status = "complete";
  store_record(folder_, complete);
  EXPECT_THAT(complaint_about(Keep::kEvidence), HasSubstr("blocks.jsonl: is missing"));
  write_run(1);
  EXPECT_EQ(why_no_blocks(load_run(folder_)), "");
}

TEST_F(StoreTest, ANewerSchemaIsRefusedByBothNumbers) {
  write_run(0);
  std::string text = read_file(folder_ / "run.json").value();
  text.replace(text.find("\"schema\":1"), 10, "\"schema\":7");
  std::ofstream(folder_ / "run.json") << text;
  EXPECT_THAT([&] { load_run(folder_); },
              testing::ThrowsMessage<BadInput>(testing::AllOf(HasSubstr("7"), HasSubstr("schema 1"))));
}

TEST_F(StoreTest, AFullDiskStopsWithAdvice) {
  BlocksFile full("/dev/full");
  EXPECT_THAT([&] { full.append(block_of(1)); },
              testing::ThrowsMessage<Error>(testing::AllOf(HasSubstr("No space left"), HasSubstr("--resume"))));
}

TEST_F(StoreTest, AFileThatMayNotGrowKeepsItsFinishedBlocks) {
  write_run(2);
  const auto whole = fs::file_size(folder_ / "blocks.jsonl");
  std::signal(SIGXFSZ, SIG_IGN);
  rlimit before{};
  getrlimit(RLIMIT_FSIZE, &before);
  const rlimit tight{whole + 10, before.rlim_max};  // room for ten bytes of the next line
  setrlimit(RLIMIT_FSIZE, &tight);
  BlocksFile file(folder_ / "blocks.jsonl");
  std::string told;
  try {
    file.append(block_of(5));
  } catch (const Error& error) {
    told = error.what();
  }
  setrlimit(RLIMIT_FSIZE, &before);
  EXPECT_THAT(told, HasSubstr("blocks.jsonl"));
  EXPECT_THAT(told, HasSubstr("free some space"));  // of a short write the reason is not told
  EXPECT_THAT(told, HasSubstr("--resume"));
  EXPECT_EQ(fs::file_size(folder_ / "blocks.jsonl"), whole);
  EXPECT_EQ(load_run(folder_).blocks.size(), 2U);
}

TEST_F(StoreTest, AFailedReplacementLeavesTheOldFile) {
  write_atomically(folder_ / "file", "old");
  EXPECT_THROW(write_atomically(folder_ / "missing" / "file", "new"), Error);
  EXPECT_EQ(read_file(folder_ / "file"), "old");
}

TEST_F(StoreTest, TheMachineKeyIsMadeOnceAndForItsOwnerAlone) {
  EXPECT_EQ(known_machine_key(folder_), std::nullopt);
  EXPECT_TRUE(fs::is_empty(folder_));
  const std::string key = machine_key(folder_);
  EXPECT_EQ(key.size(), 64U);
  EXPECT_EQ(machine_key(folder_), key);
  EXPECT_EQ(known_machine_key(folder_), key);
  struct stat info{};
  ASSERT_EQ(stat((folder_ / ".machine-key").c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777U, 0600U);
}

TEST_F(StoreTest, RunFoldersAreFoundByNameAndLatestPointsAtTheNewest) {
  const fs::path first = make_run_folder(folder_, "abc", "2026-01-02T03:04:05Z", "deadbeef");
  const fs::path second = make_run_folder(folder_, "abc", "2026-01-02T03:04:05Z", "deadbeef");
  EXPECT_EQ(first.filename(), "20260102T030405Z-deadbeef");
  EXPECT_NE(first, second);
  store_record(first, {});
  store_record(second, {});
  EXPECT_EQ(find_run(folder_, "latest"), fs::canonical(second));
  EXPECT_EQ(find_run(folder_, "20260102T030405Z-deadbeef"), fs::canonical(first));
  EXPECT_EQ(find_run(folder_, first.string()), fs::canonical(first));
  EXPECT_THROW(find_run(folder_, "nothing"), BadInput);
}

}  // namespace
}  // namespace unitcost
