// Revisions as sides, with a git and a cmake that only pretend.
#include "harness/duel/build_sides.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "harness/base/error.hpp"
#include "tests/harness/duel/fake_steps.hpp"

namespace unitcost {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

const std::string kOld(40, 'a');
const std::string kNew(40, 'b');

struct Fixture : Tools {
  Fixture() : Tools({"git", "cmake"}) {
    runner.answer = [this](const ChildRequest& request) {
      return request.program.ends_with("git") ? git(request.arguments) : cmake(request.arguments);
    };
  }
  [[nodiscard]] ChildResult git(const std::vector<std::string>& arguments) const {
    if (arguments.back() == "--show-toplevel")
      return in_repository ? ended_with(0, folder.string() + "\n")
                           : ended_with(128, "", "fatal: not a git repository\n");
    if (arguments.back() == "old^{commit}") return ended_with(0, kOld + "\n");
    if (arguments.back() == "new^{commit}") return ended_with(0, kNew + "\n");
    const bool is_archive = std::ranges::find(arguments, "archive") != arguments.end();
    return is_archive ? ended_with(0, "") : ended_with(1, "");
  }
  ChildResult cmake(const std::vector<std::string>& arguments) {
    if (arguments.front() != "--build") return {};
    ++builds;
    if (!compiles) return ended_with(1, "FAILED: main.cpp.o\nmain.cpp:1: error: no\n");
    fs::create_directories(fs::path(arguments[1]) / "benchmarks");
    return {};
  }
  std::string refusal(const std::array<std::string, 2>& revisions, Exit status) {
    BuildSteps made = steps();
    try {
      build_sides(revisions, made);
    } catch (const Error& error) {
      EXPECT_EQ(error.exit_status(), status);
      return error.what();
    }
    return "it was not refused";
  }
  bool in_repository = true;
  bool compiles = true;
  int builds = 0;
};

TEST(BuildSides, BuildsEachCommitOnce) {
  Fixture repository;
  BuildSteps steps = repository.steps();
  const auto sides = build_sides({"old", "new"}, steps);
  EXPECT_EQ(sides[0].commit, kOld);
  EXPECT_EQ(sides[1].commit, kNew);
  EXPECT_EQ(sides[1].programs, repository.folder / "build" / "revisions" / kNew.substr(0, 12) / "build" / "benchmarks");
  EXPECT_EQ(repository.builds, 2);
  EXPECT_THAT(repository.said, testing::Contains(HasSubstr("building B (new, commit bbbbbbbbbb)")));
  build_sides({"new", "old"}, steps);
  EXPECT_EQ(repository.builds, 2);
  fs::remove_all(sides[0].programs);
  build_sides({"old", ""}, steps);
  EXPECT_EQ(repository.builds, 3);
}

TEST(BuildSides, ConfiguresTheMeasuredBuildWithThePythonOfTheCheckout) {
  Fixture repository;
  const fs::path python = repository.write(".venv/bin/python", "", true);
  BuildSteps steps = repository.steps();
  build_sides({"old", ""}, steps);
  const auto configure = std::ranges::find_if(repository.runner.requests, [](const ChildRequest& request) {
    return !request.arguments.empty() && request.arguments.front() == "--preset";
  });
  ASSERT_NE(configure, repository.runner.requests.end());
  EXPECT_THAT(configure->arguments, testing::Contains("bench"));
  EXPECT_THAT(configure->arguments, testing::Contains("-DUNITCOST_PYTHON=" + python.string()));
}

TEST(BuildSides, KnowsBothRevisionsBeforeItBuildsOne) {
  Fixture repository;
  EXPECT_THAT(repository.refusal({"old", "nothing"}, Exit::kBadInput), HasSubstr("B: 'nothing' is no revision"));
  EXPECT_EQ(repository.builds, 0);
  repository.in_repository = false;
  EXPECT_THAT(repository.refusal({"old", "new"}, Exit::kBadInput), HasSubstr("not a git repository"));
}

TEST(BuildSides, ABuildThatFailsIsTriedAgainTheNextTime) {
  Fixture repository;
  repository.compiles = false;
  const std::string why = repository.refusal({"old", ""}, Exit::kFailed);
  EXPECT_THAT(why, HasSubstr("main.cpp:1: error: no"));
  EXPECT_THAT(why, HasSubstr("build.log"));
  repository.compiles = true;
  BuildSteps steps = repository.steps();
  build_sides({"old", ""}, steps);
  EXPECT_EQ(repository.builds, 2);
}

}  // namespace
}  // namespace unitcost
