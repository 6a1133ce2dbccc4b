// Commands that make programs: where they are found, what is kept of them, and how they fail.
#include "harness/duel/build_steps.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/base/error.hpp"
#include "tests/harness/duel/fake_steps.hpp"

namespace unitcost {
namespace {

using testing::HasSubstr;

Error error_of(Tools& tools, const BuildStep& step) {
  try {
    tools.steps().run(step);
  } catch (const Error& error) {
    return error;
  }
  return {Exit::kOk, "it did not fail"};
}

TEST(BuildSteps, FindsTheProgramAlongPathAndAddsVariables) {
  Tools tools({"cmake"});
  tools.runner.answer = [](const ChildRequest&) { return ended_with(0, "made\n"); };
  EXPECT_EQ(tools.steps().run({"making", "cmake", {"--build", "x"}, {"K=1", "OLD=new"}, {}}), "made\n");
  const ChildRequest& request = tools.runner.requests.at(0);
  EXPECT_EQ(request.program, (tools.folder / "bin" / "cmake").string());
  EXPECT_THAT(request.arguments, testing::ElementsAre("--build", "x"));
  EXPECT_EQ(value_of(request.environment, "K"), "1");
  EXPECT_EQ(value_of(request.environment, "HOME"), "/h");
  EXPECT_THAT(request.environment, testing::Not(testing::Contains("OLD=old")));
  EXPECT_EQ(value_of(request.environment, "OLD"), "new");
}

TEST(BuildSteps, SaysWhatIsNotInstalled) {
  Tools tools({});
  const Error error = error_of(tools, {"making", "ninja", {}, {}, {}});
  EXPECT_EQ(error.exit_status(), Exit::kBadInput);
  EXPECT_THAT(error.what(), HasSubstr("ninja is not installed"));
  EXPECT_TRUE(tools.runner.requests.empty());
}

TEST(BuildSteps, AFailureShowsItsLastWordsAndTheLog) {
  Tools tools({"cmake"});
  tools.runner.answer = [](const ChildRequest&) {
    return ended_with(1, "first\n" + std::string(5000, 'x') + "\nno such file\n", "ninja: stopped\n");
  };
  const auto log = tools.folder / "logs" / "build.log";
  const Error error = error_of(tools, {"building A", "cmake", {"--build"}, {}, log});
  EXPECT_EQ(error.exit_status(), Exit::kFailed);
  EXPECT_THAT(error.what(), testing::StartsWith("building A failed (cmake): the program exited with status 1"));
  EXPECT_THAT(error.what(), HasSubstr("no such file\nninja: stopped"));
  EXPECT_THAT(error.what(), testing::Not(HasSubstr("first")));
  EXPECT_THAT(error.what(), HasSubstr(log.string()));
  EXPECT_THAT(read_file(log).value_or(""), testing::StartsWith("$ cmake --build\nfirst\n"));
}

TEST(BuildSteps, AnInterruptIsNoFailure) {
  Tools tools({"git"});
  tools.runner.answer = [](const ChildRequest&) {
    ChildResult result;
    result.interrupted = true;
    return result;
  };
  const Error error = error_of(tools, {"building A", "git", {}, {}, {}});
  EXPECT_EQ(error.exit_status(), Exit::kInterrupted);
  EXPECT_THAT(error.what(), HasSubstr("interrupted before building A"));
}

}  // namespace
}  // namespace unitcost
