// The token: the order of slices, that the sides never work at once, and that a side that ends wakes the other.
#include "benchmarks/support/token.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <string>
#include <vector>

#include "benchmarks/support/case.hpp"
#include "benchmarks/support/options.hpp"
#include "tests/support/watched_pair.hpp"

namespace unitcost {
namespace {

using testing::ElementsAre;

TEST(Turns, MakeTheOrderAbba) {
  EXPECT_THAT(turns_of(true, 4), ElementsAre(1, 2, 1));
  EXPECT_THAT(turns_of(false, 4), ElementsAre(2, 2));
  EXPECT_THAT(turns_of(true, 1), ElementsAre(1));
  EXPECT_THAT(turns_of(false, 1), ElementsAre(1));
  EXPECT_THAT(turns_of(true, 3), ElementsAre(1, 2));
  EXPECT_THAT(turns_of(false, 3), ElementsAre(2, 1));
}

TEST(Turns, LetTheSidesTakeTurnsToTheEnd) {
  for (int slices = 1; slices <= 9; ++slices) {
    const auto first = turns_of(true, slices);
    const auto second = turns_of(false, slices);
    EXPECT_TRUE(first.size() == second.size() || first.size() == second.size() + 1) << slices;
  }
}

TEST(Token, ComesAndGoes) {
  const auto ends = socket_pair();
  Token mine(ends[0], true);
  Token other(ends[1], false);
  mine.wait();  // it is here: this does not block
  mine.pass();
  other.wait();
  other.pass();
  mine.wait();
}

TEST(Token, TellsAWaitingSideThatTheOtherHasEnded) {
  const auto ends = socket_pair();
  Token mine(ends[0], false);
  close(ends[1]);
  EXPECT_THROW(mine.wait(), PeerGone);
  EXPECT_THROW(mine.pass(), PeerGone);
  mine.wait_once();  // it does not block
}

TEST(Token, IsNotInherited) {
  const auto ends = socket_pair();
  fcntl(ends[0], F_SETFD, 0);
  const Token mine(ends[0], false);
  EXPECT_EQ(fcntl(ends[0], F_GETFD), FD_CLOEXEC);
  close(ends[1]);
}

TEST(PairOptions, RefuseWhatIsNoSide) {
  for (const char* value : {"", "3", "3,first", "3,first,16", "3,third,16,0", "x,first,16,0", "3,first,0,0",
                            "3,first,16,-1", "3,first,16,0,7"}) {
    std::vector<std::string> arguments{std::string("--unitcost_token=") + value, "--unitcost_iterations=1",
                                       "--benchmark_out=file"};
    EXPECT_THROW(take_options(arguments), std::invalid_argument) << value;
  }
  std::vector<std::string> without_file{"--unitcost_token=3,first,16,0", "--unitcost_iterations=1"};
  EXPECT_THROW(take_options(without_file), std::invalid_argument);
  std::vector<std::string> without_count{"--unitcost_token=3,first,16,0", "--benchmark_out=file"};
  EXPECT_THROW(take_options(without_count), std::invalid_argument);
}

TEST(PairOptions, KeepTheFileFromGoogleBenchmark) {
  std::vector<std::string> arguments{"program", "--unitcost_token=3,second,16,7", "--unitcost_iterations=1",
                                     "--benchmark_out=file", "--benchmark_out_format=json"};
  const Options options = take_options(arguments);
  ASSERT_TRUE(options.pair.has_value());
  EXPECT_EQ(options.pair->socket, 3);
  EXPECT_FALSE(options.pair->moves_first);
  EXPECT_EQ(options.pair->slices, 16);
  EXPECT_EQ(options.pair->warm_up_iterations, 7);
  EXPECT_EQ(options.out_path, "file");
  EXPECT_THAT(arguments, ElementsAre("program"));
}

SideMain watching_case(bool second_dies) {
  return [second_dies](Shared& shared, char side, const std::vector<std::string>& flags) {
    CaseRegistry cases;
    cases.add("watch", Timing::kWall, [&shared, side, second_dies](benchmark::State& state) {
      const Watch watch(shared, side, state.max_iterations == kSliceIterations, second_dies && side == 'B');
      for (auto _ : state) usleep(100);
      report_per_op(state, "step_ns", 1.0);
    });
    return run_cases(cases, flags);
  };
}

Pair run_pair(const std::string& slices_and_warm_up, bool second_dies = false) {
  return run_pair(watching_case(second_dies), slices_and_warm_up);
}

TEST(RunInSlices, AlternatesAndNeverWorksAtOnce) {
  const Pair pair = run_pair("4,2");
  EXPECT_EQ(pair.first, 0);
  EXPECT_EQ(pair.second, 0);
  EXPECT_EQ(pair.most_inside, 1);
  EXPECT_EQ(pair.order,
            "ab"
            "aA"
            "bBB"
            "aAA"
            "bBB"
            "aA");
}

TEST(RunInSlices, LeavesWarmUpsOutWhereNoneAreAskedFor) {
  EXPECT_EQ(run_pair("3,0").order,
            "ab"
            "A"
            "BB"
            "AA"
            "B");
}

TEST(RunInSlices, WritesOneRepetitionASlice) {
  const Pair pair = run_pair("4,2");
  for (const std::string& json : pair.json) {
    EXPECT_EQ(count_of(json, "\"run_name\": \"watch\""), 4U) << json;
    EXPECT_EQ(count_of(json, "\"repetition_index\": 3"), 1U);
    EXPECT_EQ(count_of(json, "\"iterations\": 5,"), 4U);
    EXPECT_EQ(count_of(json, "step_ns"), 4U);
    EXPECT_EQ(count_of(json, "iterations:"), 0U);
    EXPECT_EQ(json.find_last_of('}') != std::string::npos && json.find("NaN") == std::string::npos, true);
  }
}

TEST(RunInSlices, EndsWhenTheOtherSideIsKilled) {
  const Pair pair = run_pair("8,2", true);
  EXPECT_EQ(pair.first, 3);
  EXPECT_EQ(pair.second, -SIGKILL);
  EXPECT_TRUE(pair.json[0].empty());
}

}  // namespace
}  // namespace unitcost
