// The long check without measuring: duels are made up, folders are real.
#include "harness/honesty/run_pieces.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include <boost/json/serialize.hpp>

#include "harness/base/error.hpp"
#include "tests/harness/honesty/digests.hpp"

namespace unitcost {
namespace {

namespace fs = std::filesystem;

class FakeClock final : public Clock {
 public:
  [[nodiscard]] double now_s() const override { return now; }
  [[nodiscard]] std::string utc() const override { return "2026-01-02T03:04:05Z"; }
  double now = 0.0;
};

class RunPieces : public testing::Test {
 protected:
  RunPieces() {
    const auto* test = testing::UnitTest::GetInstance()->current_test_info();
    folder_ = fs::path(testing::TempDir()) / ("unitcost-honesty-" + std::string(test->name()));
    fs::remove_all(folder_);
    fs::create_directories(folder_);
    state_.wishes.duels = 2;
    state_.wishes.pairs = 16;
    state_.wishes.trials = 4;
    state_.wishes.visible = 1;
    state_.wishes.loaded = 1;
    state_.wishes.layouts = 0;
  }
  ~RunPieces() override { fs::remove_all(folder_); }

  /// A duel of two quiet cases, as the machine would leave it.
  void make_duel(const Piece& piece, const std::string& name, bool complete) {
    std::vector<SyntheticCase> cases{{"one", 0.0, 0.004}, {"two", 0.0, 0.006}};
    for (SyntheticCase& one : cases) {
      const auto delay = piece.delays.find("fake/program:" + one.name);
      if (delay != piece.delays.end()) one.effect = std::log1p(delay->second);
    }
    SyntheticDuel duel(cases, piece.pairs, piece.seed);
    const bool is_pilot = piece.phase == Phase::kSame || piece.phase == Phase::kRelinked;
    duel.record.plan.pilot = is_pilot;
    duel.record.status = complete ? "complete" : "interrupted";
    duel.record.started_utc = "2026-01-02T03:04:05Z";
    duel.record.wall_s = 100.0;
    fs::create_directories(folder_ / name);
    store_duel(folder_ / name, duel.record);
    std::ofstream lines(folder_ / name / "pairs.jsonl");
    for (const Pair& pair : duel.pairs) {
      if (!is_pilot || pair.kind == PairKind::kControl) lines << boost::json::serialize(to_json(pair)) << "\n";
    }
  }

  Progressed run(const PieceLimits& limits = {}, int most = 1000) {
    const PieceParts parts{[&, most](const Piece& piece, const std::optional<fs::path>& begun) mutable {
                             const bool finishes = most-- > 0;
                             measured_.push_back(piece.name + (begun ? " again" : ""));
                             make_duel(piece, begun ? begun->filename().string() : piece.name, finishes);
                             clock_.now += 100.0;
                             return finishes;
                           },
                           [&](const std::string& line) { said_.push_back(line); }, clock_};
    return run_pieces(folder_, state_, limits, parts);
  }

  fs::path folder_;
  HonestyState state_;
  FakeClock clock_;
  std::vector<std::string> measured_;
  std::vector<std::string> said_;
};

TEST_F(RunPieces, MeasuresEverythingOnceInTheOrderOfThePhases) {
  state_.wishes.layouts = 4;
  const Progressed all = run();
  EXPECT_EQ(all.left, 0);
  EXPECT_FALSE(all.is_open);
  EXPECT_FALSE(all.interrupted);
  EXPECT_THAT(measured_, testing::ElementsAre("same-01", "same-02", "planted-2.5-001", "planted-2.5-002", "visible-00",
                                              "visible-01", "loaded-01", "relinked-01", "relinked-02"));
  EXPECT_EQ(all.done.size(), measured_.size());
  measured_.clear();
  EXPECT_EQ(run().left, 0);
  EXPECT_TRUE(measured_.empty());
}

TEST_F(RunPieces, GoesOnWhereItWasInterrupted) {
  const Progressed first = run({}, 1);
  EXPECT_TRUE(first.interrupted);
  EXPECT_EQ(first.done.size(), 1U);
  EXPECT_THAT(measured_, testing::ElementsAre("same-01", "same-02"));
  const auto stored = load_state(folder_);
  ASSERT_TRUE(stored.has_value());
  state_ = *stored;
  measured_.clear();
  EXPECT_EQ(run().left, 0);
  EXPECT_EQ(measured_.front(), "same-02 again");
  EXPECT_EQ(std::count(measured_.begin(), measured_.end(), "same-01"), 0);
}

TEST_F(RunPieces, BeginsNothingThatWouldOutlastTheTime) {
  const Progressed some = run({205.0, {}});  // a duel takes 100 s once one has shown it
  EXPECT_EQ(measured_.size(), 2U);
  EXPECT_GT(some.left, 0);
  EXPECT_GT(some.left_s, 0.0);
  EXPECT_TRUE(some.is_open);
  EXPECT_THAT(said_.back(), testing::HasSubstr("not begun in the time that is left"));
}

TEST_F(RunPieces, MeasuresTheNamedPhaseAlone) {
  run({0.0, {Phase::kLoaded}});
  EXPECT_THAT(measured_, testing::ElementsAre("loaded-01"));
}

TEST_F(RunPieces, TakesTheCompleteOneOfTwoDuelsWithOneSeed) {
  run({0.0, {Phase::kSame}});
  const Piece piece = state_.pieces.front();
  make_duel(piece, "zzz-later-but-broken", false);
  const auto begun = begun_duels(folder_);
  EXPECT_EQ(begun.at(piece.seed).folder.filename(), "same-01");
  std::ofstream(folder_ / "zzz-later-but-broken" / "duel.json") << "no JSON";
  EXPECT_EQ(begun_duels(folder_).at(piece.seed).folder.filename(), "same-01");
}

TEST_F(RunPieces, ReadsReasons) {
  EXPECT_TRUE(load_reasons(folder_).empty());
  std::ofstream(folder_ / "reasons.json") << R"({"a:b": "because"})";
  EXPECT_EQ(load_reasons(folder_).at("a:b"), "because");
  std::ofstream(folder_ / "reasons.json") << R"({"a:b": 1})";
  EXPECT_THROW(load_reasons(folder_), BadInput);
}

TEST(ProgramsDigest, ChangesWithAProgram) {
  const fs::path folder = fs::path(testing::TempDir()) / "unitcost-honesty-digest";
  fs::remove_all(folder);
  fs::create_directories(folder / "family");
  const fs::path program = folder / "family" / "program";
  std::ofstream(program) << "one";
  fs::permissions(program, fs::perms::owner_all);
  std::ofstream(folder / "note") << "not run";
  const std::string before = programs_digest(folder);
  std::ofstream(folder / "note") << "changed";
  EXPECT_EQ(programs_digest(folder), before);
  std::ofstream(program) << "two";
  EXPECT_NE(programs_digest(folder), before);
  fs::remove_all(folder);
}

}  // namespace
}  // namespace unitcost
