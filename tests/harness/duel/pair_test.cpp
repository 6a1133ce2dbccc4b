// Pairs and duels on the disk, and the value of a pair.
#include "harness/duel/pair.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cmath>
#include <filesystem>
#include <fstream>

#include <boost/json/serialize.hpp>

#include "harness/base/error.hpp"
#include "harness/store/lines_file.hpp"
#include "tests/harness/duel/synthetic_duel.hpp"

namespace unitcost {
namespace {

using testing::HasSubstr;
using testing::ThrowsMessage;

struct Folder {
  std::filesystem::path path =
      std::filesystem::path(testing::TempDir()) / ("unitcost-duel-" + std::to_string(getpid()));
  Folder() { std::filesystem::create_directories(path); }
  ~Folder() { std::filesystem::remove_all(path); }
};

TEST(Pair, ItsValueIsTheMedianOverNeighbouringSlices) {
  Pair pair;
  pair.slices[kA]["access_ns"] = {1.0, 2.0, 1.0};
  pair.slices[kB]["access_ns"] = {1.1, 2.2, 50.0};  // one spike
  EXPECT_NEAR(log_ratio(pair, "access_ns"), std::log(1.1), 1e-12);
}

TEST(Pair, HasNoValueWithoutAPositiveCostOnBothSides) {
  Pair pair;
  EXPECT_TRUE(std::isnan(log_ratio(pair, "access_ns")));
  pair.slices[kA]["access_ns"] = {1.0, 2.0};
  pair.slices[kB]["access_ns"] = {1.0};
  EXPECT_TRUE(std::isnan(log_ratio(pair, "access_ns")));
  pair.slices[kB]["access_ns"] = {1.0, 0.0};
  EXPECT_TRUE(std::isnan(log_ratio(pair, "access_ns")));
}

TEST(Pair, SurvivesTheDisk) {
  Pair pair = synthetic_pair("program:case", PairKind::kControl, 3, 0.25);
  pair.attempt = 2;
  pair.position = 17;
  pair.started_first = kB;
  pair.outcome = Outcome::kFailed;
  pair.reason = "the copy of A: killed";
  pair.ends[kB] = {ChildEnd::Kind::kSignalled, 9, "last words"};
  pair.covariates.cpus_asked = {1};
  pair.covariates.readings["steal_ticks"] = 2.0;
  pair.contaminated = {"steal"};
  const Pair back = pair_from_json(to_json(pair));
  EXPECT_EQ(boost::json::serialize(to_json(back)), boost::json::serialize(to_json(pair)));
  EXPECT_EQ(back.started_first, kB);
  EXPECT_EQ(back.moved_first, kA);
}

TEST(Pair, KeepsItsLinkOrdersAndOlderOnesHaveNone) {
  Pair pair = synthetic_pair("program:case", PairKind::kDuel, 1, 0.0);
  pair.layouts = {3, 5};
  boost::json::value stored = to_json(pair);
  EXPECT_EQ(pair_from_json(stored).layouts, (std::array<int, 2>{3, 5}));
  stored.as_object().erase("layouts");
  EXPECT_EQ(pair_from_json(stored).layouts, (std::array<int, 2>{0, 0}));
}

TEST(Duel, KeepsLinkOrdersAndCommitsAndOlderOnesHaveNone) {
  SyntheticDuel duel({{"one"}}, 1);
  duel.record.plan.layouts = 2;
  duel.record.sides[kA] = {"A", {{"p", "0"}, {"q", "0"}}, "abc", {{{"p", "1"}, {"q", "3"}}, {{"p", "2"}, {"q", "3"}}}};
  boost::json::value stored = to_json(duel.record);
  const DuelRecord back = duel_record_from_json(stored);
  EXPECT_EQ(back.plan.layouts, 2);
  EXPECT_EQ(back.sides[kA].commit, "abc");
  EXPECT_EQ(back.sides[kA].layouts, duel.record.sides[kA].layouts);
  EXPECT_EQ(link_orders_of(back.sides[kA], "p"), 2);
  EXPECT_EQ(link_orders_of(back.sides[kA], "q"), 1);  // the same file twice
  EXPECT_EQ(link_orders_of(back.sides[kA], "r"), 0);
  stored.as_object()["plan"].as_object().erase("layouts");
  for (const char* member : {"layouts", "commit"}) stored.as_object()["a"].as_object().erase(member);
  const DuelRecord older = duel_record_from_json(stored);
  EXPECT_EQ(older.plan.layouts, 0);
  EXPECT_TRUE(older.sides[kA].layouts.empty());
}

TEST(Duel, KeepsTheLengthOfASliceAndOlderOnesHaveThatOfTheCalibration) {
  SyntheticDuel duel({{"one"}}, 1);
  duel.record.plan.cases[0].slice_ms = 0.5;
  duel.record.plan.cases[0].planned.sample_ms = 2;
  boost::json::value stored = to_json(duel.record);
  EXPECT_DOUBLE_EQ(duel_record_from_json(stored).plan.cases[0].slice_ms, 0.5);
  stored.at("plan").at("cases").at(0).as_object().erase("slice_ms");
  EXPECT_DOUBLE_EQ(duel_record_from_json(stored).plan.cases[0].slice_ms, 2.0);
}

TEST(Duel, SurvivesTheDiskAndATornLastLine) {
  const Folder folder;
  SyntheticDuel duel({{"one"}, {"two"}}, 3);
  duel.record.plan.only_in_b = {"fake/program:new"};
  duel.record.sides[kA].digests = {{"fake/program", "0123456789ab"}};
  store_duel(folder.path, duel.record);
  {
    LinesFile file(folder.path / "pairs.jsonl");
    for (const Pair& pair : duel.pairs) file.append(to_json(pair));
  }
  const LoadedDuel whole = load_duel(folder.path);
  EXPECT_EQ(whole.pairs.size(), duel.pairs.size());
  EXPECT_EQ(boost::json::serialize(to_json(whole.record)), boost::json::serialize(to_json(duel.record)));
  EXPECT_EQ(whole.id.size(), 12U);
  std::ofstream(folder.path / "pairs.jsonl", std::ios::app) << "{\"case\":\"fake/prog";
  EXPECT_EQ(load_duel(folder.path).pairs.size(), duel.pairs.size());
  EXPECT_EQ(load_duel(folder.path).id, whole.id);
}

TEST(Duel, TellsWhichLineIsWrong) {
  const Folder folder;
  SyntheticDuel duel({{"one"}}, 2);
  store_duel(folder.path, duel.record);
  {
    LinesFile file(folder.path / "pairs.jsonl");
    file.append(to_json(duel.pairs[0]));
    file.append(to_json(duel.pairs[0]));
  }
  EXPECT_THAT([&] { load_duel(folder.path); }, ThrowsMessage<BadInput>(HasSubstr("pairs.jsonl:2")));
  duel.record.schema = 9;
  store_duel(folder.path, duel.record);
  EXPECT_THAT([&] { load_duel(folder.path); }, ThrowsMessage<BadInput>(HasSubstr("schema 9")));
  EXPECT_THAT([&] { load_duel(folder.path / "nowhere"); }, ThrowsMessage<BadInput>(HasSubstr("duel.json")));
}

}  // namespace
}  // namespace unitcost
