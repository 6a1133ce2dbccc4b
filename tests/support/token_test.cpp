// The token: the order of slices, that the sides never work at once, and that a side that ends wakes the other.
#include "benchmarks/support/token.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <new>
#include <sstream>
#include <string>

#include "benchmarks/support/case.hpp"
#include "benchmarks/support/options.hpp"

namespace unitcost {
namespace {

using testing::ElementsAre;

std::array<int, 2> socket_pair() {
  std::array<int, 2> ends{};
  EXPECT_EQ(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()), 0);
  return ends;
}

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

// Google Benchmark keeps its flags and registered benchmarks in globals, so each side is a child of its own.
struct Shared {
  std::atomic<int> inside{0};
  std::atomic<int> most_inside{0};
  std::atomic<int> worked{0};
  std::array<std::atomic<char>, 64> order{};  // who worked, a letter a call of the body
};

Shared& shared_memory() {
  void* memory = mmap(nullptr, sizeof(Shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  return *new (memory) Shared;
}

CaseRegistry watching_case(Shared& shared, char side, bool dies) {
  CaseRegistry cases;
  cases.add("watch", Timing::kWall, [&shared, side, dies](benchmark::State& state) {
    const int inside = ++shared.inside;
    if (inside > shared.most_inside) shared.most_inside = inside;
    const auto at = static_cast<std::size_t>(shared.worked++);
    // A warm-up is a small letter.
    shared.order.at(at) = static_cast<char>(state.max_iterations == 5 ? side : side - 'A' + 'a');
    if (dies && at > 4) std::raise(SIGKILL);
    for (auto _ : state) usleep(100);
    report_per_op(state, "step_ns", 1.0);
    --shared.inside;
  });
  return cases;
}

pid_t start_side(const CaseRegistry& cases, int mine, int other, const std::string& token, const std::string& file) {
  const pid_t child = fork();
  if (child != 0) return child;
  close(other);
  if (std::freopen("/dev/null", "w", stderr) == nullptr) _exit(99);
  _exit(run_cases(cases, {"program", "--unitcost_token=" + std::to_string(mine) + "," + token,
                          "--unitcost_iterations=5", "--benchmark_out=" + file, "--benchmark_out_format=json"}));
}

int status_of(pid_t child) {
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

struct Pair {
  int first = 0;
  int second = 0;
  std::string order;
  std::array<std::string, 2> json;
  int most_inside = 0;
};

Pair run_pair(const std::string& slices_and_warm_up, bool second_dies = false) {
  Shared& shared = shared_memory();
  const auto ends = socket_pair();
  const auto folder = std::filesystem::temp_directory_path();
  const std::array<std::string, 2> files{folder / ("unitcost-token-a-" + std::to_string(getpid())),
                                         folder / ("unitcost-token-b-" + std::to_string(getpid()))};
  for (const auto& file : files) std::filesystem::remove(file);
  const pid_t a =
      start_side(watching_case(shared, 'A', false), ends[0], ends[1], "first," + slices_and_warm_up, files[0]);
  const pid_t b =
      start_side(watching_case(shared, 'B', second_dies), ends[1], ends[0], "second," + slices_and_warm_up, files[1]);
  close(ends[0]);
  close(ends[1]);
  Pair pair;
  pair.first = status_of(a);
  pair.second = status_of(b);
  for (const auto& who : shared.order) {
    if (who != 0) pair.order += who;
  }
  pair.most_inside = shared.most_inside;
  for (std::size_t side = 0; side < files.size(); ++side) {
    std::stringstream text;
    text << std::ifstream(files[side]).rdbuf();
    pair.json[side] = text.str();
    std::filesystem::remove(files[side]);
  }
  munmap(&shared, sizeof(Shared));
  return pair;
}

std::size_t count_of(const std::string& text, const std::string& word) {
  std::size_t count = 0;
  for (auto at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) ++count;
  return count;
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
