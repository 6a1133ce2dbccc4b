// One pair without real children: what either side is told, and what becomes of how they end.
#include "harness/duel/pair_block.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include <fmt/format.h>

#include "harness/base/clock.hpp"
#include "tests/harness/duel/synthetic_duel.hpp"

namespace unitcost {
namespace {

using testing::HasSubstr;

std::string flag(const ChildRequest& request, const std::string& name) {
  for (const std::string& argument : request.arguments) {
    if (argument.starts_with("--" + name + "=")) return argument.substr(name.size() + 3);
  }
  return "";
}

std::string json_of(const ChildRequest& request, int rows, double cost_ns) {
  std::string text;
  for (int row = 0; row < rows; ++row) {
    text += fmt::format(
        R"({}{{"name":"work","run_name":"work","run_type":"iteration","iterations":7,"real_time":{},"cpu_time":1,"time_unit":"ns","operation_ns":{}}})",
        row == 0 ? "" : ",", cost_ns, cost_ns);
  }
  static_cast<void>(request);
  return "{\"benchmarks\":[" + text + "]}";
}

class FakeChildren final : public ProcessRunner, public PairRunner {
 public:
  ChildResult run(const ChildRequest& request) override {
    requests.push_back(request);
    std::ofstream(flag(request, "benchmark_out")) << json_of(request, 1, 100.0);
    return {};
  }
  std::array<ChildResult, 2> run_pair(const std::array<ChildRequest, 2>& both, std::array<OwnedFd, 2> ends) override {
    std::array<ChildResult, 2> results;
    for (std::size_t at = 0; at < both.size(); ++at) {
      requests.push_back(both.at(at));
      EXPECT_EQ(both.at(at).inherited_fd, ends.at(at).get());
      results.at(at).cpus_used = {0};
      const bool is_copy = both.at(at).program.find("/copy/") != std::string::npos;
      std::ofstream(flag(both.at(at), "benchmark_out")) << json_of(both.at(at), rows, is_copy ? 110.0 : 100.0);
      if (both.at(at).program == dies) results.at(at).end = {ChildEnd::Kind::kSignalled, 11, ""};
      else if (!dies.empty()) results.at(at).end.code = 3;
    }
    return results;
  }
  std::vector<ChildRequest> requests;
  int rows = 4;
  std::string dies;  ///< which program
};

class FakeReference final : public SpinReference {
 public:
  double spin_ns(int, std::int64_t) override { return 2e6; }
  [[nodiscard]] double cpu_s() const override { return 0.0; }
};

struct Fixture {
  Fixture() {
    std::filesystem::create_directories(folder);
    const std::vector<std::pair<Programs*, std::string>> sides{{&a, "/a/p"}, {&b, "/b/p"}, {&copy, "/copy/p"}};
    for (const auto& [programs, path] : sides) programs->add_foreign("fake/program", {path, {}, true, ""});
    duel_case.planned.program = "fake/program";
    duel_case.planned.name = "work";
    duel_case.planned.key = "fake/program:work";
    duel_case.planned.iterations = 7;
    duel_case.slices = 4;
    duel_case.warm_up_iterations = 2;
    duel_case.counter = "operation_ns";
  }
  ~Fixture() { std::filesystem::remove_all(folder); }

  Pair run(const PairKey& key = {}) {
    PairBlock block({children, children, reference, readings, clock, a, b, copy, layouts},
                    {folder, 5, {{"one", {{0}, ""}}}, {}, {"LANG=C"}, 1000, 100.0}, Redactor({}));
    return block.run(duel_case, key, 2e6).value();
  }

  std::filesystem::path folder =
      std::filesystem::path(testing::TempDir()) / ("unitcost-pair-" + std::to_string(getpid()));
  FakeChildren children;
  FakeReference reference;
  SystemRoot root;
  ReadingSource readings{root};
  SystemClock clock;
  Programs a{"/a"};
  Programs b{"/b"};
  Programs copy{"/copy"};
  std::array<std::vector<Programs>, 2> layouts;
  DuelCase duel_case;
};

TEST(PairBlock, TellsBothSidesTheSameWorkAndWhoMovesFirst) {
  Fixture duel;
  const Pair pair = duel.run({PairKind::kDuel, 2, 1, 9});
  ASSERT_EQ(duel.children.requests.size(), 2U);
  const ChildRequest& first = duel.children.requests[0];
  const ChildRequest& second = duel.children.requests[1];
  EXPECT_EQ(first.program, pair.started_first == kA ? "/a/p" : "/b/p");
  EXPECT_NE(first.program, second.program);
  EXPECT_EQ(flag(first, "unitcost_seed"), flag(second, "unitcost_seed"));
  EXPECT_EQ(flag(first, "unitcost_iterations"), "7");
  EXPECT_NE(flag(first, "benchmark_out"), flag(second, "benchmark_out"));
  EXPECT_NE(first.environment, second.environment);  // padded apart
  EXPECT_EQ(first.cpus, second.cpus);
  const std::size_t mover = flag(first, "unitcost_token").find(",first,4,2") != std::string::npos ? 0 : 1;
  EXPECT_THAT(flag(duel.children.requests[1 - mover], "unitcost_token"), HasSubstr(",second,4,2"));
  EXPECT_EQ(pair.moved_first == pair.started_first, mover == 0);
  EXPECT_EQ(pair.outcome, Outcome::kMeasured) << pair.reason;
  EXPECT_EQ(pair.position, 9);
  EXPECT_EQ(pair.slices[kA].at("operation_ns").size(), 4U);
  EXPECT_TRUE(pair.contaminated.empty());
}

TEST(PairBlock, AControlMeetsTheCopy) {
  Fixture duel;
  const Pair pair = duel.run({PairKind::kControl, 1, 1, 0});
  std::vector<std::string> programs;
  for (const ChildRequest& request : duel.children.requests) programs.push_back(request.program);
  EXPECT_THAT(programs, testing::UnorderedElementsAre("/a/p", "/copy/p"));
  EXPECT_DOUBLE_EQ(pair.slices[kB].at("operation_ns").front(), 110.0);  // the copy's rows are those of side b
}

TEST(PairBlock, WithLinkOrdersEachSideIsWhatWasDrawn) {
  Fixture duel;
  for (const std::size_t side : {kA, kB}) {
    for (const std::string order : {"1", "2", "3"}) {
      Programs programs("/");
      programs.add_foreign("fake/program", {(side == kA ? "/a" : "/b") + order, {}, true, ""});
      duel.layouts.at(side).push_back(programs);
    }
  }
  for (const PairKind kind : {PairKind::kDuel, PairKind::kControl}) {
    for (int round = 1; round <= 6; ++round) {
      duel.children.requests.clear();
      const Pair pair = duel.run({kind, round, 1, 0});
      EXPECT_EQ(pair.layouts, layouts_of(5, duel.duel_case.planned.key, kind, round, 3));
      const std::string other = kind == PairKind::kControl ? "/a" : "/b";
      const std::vector<std::string> wanted{"/a" + std::to_string(pair.layouts[kA]),
                                            other + std::to_string(pair.layouts[kB])};
      std::vector<std::string> programs;
      for (const ChildRequest& request : duel.children.requests) programs.push_back(request.program);
      EXPECT_THAT(programs, testing::UnorderedElementsAreArray(wanted));
    }
  }
}

TEST(PairBlock, BlamesTheSideThatDiedNotTheOneThatWaitedForIt) {
  for (const std::string dead : {"/a/p", "/b/p"}) {
    Fixture duel;
    duel.children.dies = dead;
    const Pair pair = duel.run();
    EXPECT_EQ(pair.outcome, Outcome::kFailed);
    EXPECT_THAT(pair.reason, testing::StartsWith(dead == "/a/p" ? "A: " : "B: "));
    EXPECT_THAT(pair.reason, HasSubstr("signal 11"));
    EXPECT_TRUE(pair.slices[kA].empty());
    EXPECT_TRUE(std::filesystem::exists(duel.folder / "logs" / "pair-0.log"));
  }
}

TEST(PairBlock, AMissingSliceIsAFailure) {
  Fixture duel;
  duel.children.rows = 3;
  EXPECT_THAT(duel.run().reason, HasSubstr("3 rows where 4 were asked for"));
}

TEST(PairBlock, WithoutATokenWholeProcessesGoInTheOrderAbba) {
  Fixture duel;
  duel.duel_case.has_token = false;
  duel.duel_case.slices = 2;
  const Pair pair = duel.run();
  std::vector<std::string> programs;
  for (const ChildRequest& request : duel.children.requests) {
    programs.push_back(request.program);
    EXPECT_EQ(flag(request, "unitcost_token"), "");
  }
  const std::string first = pair.moved_first == kA ? "/a/p" : "/b/p";
  const std::string other = pair.moved_first == kA ? "/b/p" : "/a/p";
  EXPECT_THAT(programs, testing::ElementsAre(first, other, other, first));
  EXPECT_EQ(pair.slices[kA].at("real_ns").size(), 2U);
  EXPECT_DOUBLE_EQ(log_ratio(pair, "real_ns"), 0.0);
}

}  // namespace
}  // namespace unitcost
