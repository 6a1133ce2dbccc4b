// Link orders without a compiler: what is asked of cmake, ninja and a user's command, what is kept, and what is refused.
#include "harness/duel/layouts.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fmt/format.h>

#include "harness/base/error.hpp"
#include "tests/harness/duel/fake_steps.hpp"

namespace unitcost {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

std::string text_of(const fs::path& file) { return read_file(file).value_or("nothing"); }

bool contains(const std::vector<std::string>& texts, const std::string& text) {
  return std::ranges::find(texts, text) != texts.end();
}

std::string refusal(const std::function<void()>& work, Exit status) {
  try {
    work();
  } catch (const Error& error) {
    EXPECT_EQ(error.exit_status(), status) << error.what();
    return error.what();
  }
  return "it was not refused";
}

/// A build of this project as far as link orders look at it, and tools that make what they are told.
struct Fixture : Tools {
  Fixture() : Tools({"cmake", "ninja"}) {
    side = {"A", folder / "build" / "benchmarks", {"sync/lock"}};
    write("build/benchmarks/sync/lock", "as linked", true);
    write("build/benchmarks/sync/CMakeFiles/lock.o", "");
    write("build/build.ninja", "");
    cache("Ninja", folder / "build");
    runner.answer = [this](const ChildRequest& request) {
      return request.program.ends_with("ninja") ? look() : make(request);
    };
  }

  void cache(const std::string& generator, const fs::path& where) const {
    write(
        "build/CMakeCache.txt",
        fmt::format("CMAKE_HOME_DIRECTORY:INTERNAL=/src\nCMAKE_CACHEFILE_DIR:INTERNAL={}\nCMAKE_GENERATOR:INTERNAL={}\n"
                    "UNITCOST_LAYOUT:STRING=0\nUNITCOST_TESTS:BOOL=ON\nCMAKE_CXX_FLAGS:STRING=-O3\n",
                    where.string(), generator));
  }
  [[nodiscard]] ChildResult look() const {
    return ended_with(0, is_stale ? "[1/9] Building\n" : "ninja: no work to do.\n");
  }

  ChildResult make(const ChildRequest& request) {
    if (request.arguments.front() == "-S") {
      ++configured;
      order = value_of(request.arguments, "-DUNITCOST_LAYOUT");
      write("build-layouts/build/CMakeCache.txt",
            fmt::format("UNITCOST_LAYOUT:{}={}\n", knows_layouts ? "STRING" : "UNINITIALIZED", order));
    } else {
      ++built;
      write("build-layouts/build/benchmarks/sync/lock", "order " + order, true);
    }
    return {};
  }

  LinkedSide side;
  bool is_stale = false;
  bool knows_layouts = true;
  int configured = 0;
  int built = 0;
  std::string order;
};

TEST(OwnLayouts, BuildOnceMoreAndLinkForEveryOrder) {
  Fixture build;
  BuildSteps steps = build.steps();
  const auto places = own_layouts(build.side, 3, steps);
  ASSERT_EQ(places.size(), 3U);
  EXPECT_EQ(places[1], build.folder / "build-layouts" / "all" / "2");
  EXPECT_EQ(text_of(places[0] / "sync" / "lock"), "order 1");
  EXPECT_EQ(text_of(places[2] / "sync" / "lock"), "order 3");
  EXPECT_EQ(text_of(build.side.place / "sync" / "lock"), "as linked");
  EXPECT_FALSE(fs::exists(build.folder / "build-layouts" / "as-built.ninja"));

  const auto& configure = build.runner.requests.at(1).arguments;
  EXPECT_TRUE(contains(configure, "/src"));
  EXPECT_TRUE(contains(configure, (build.folder / "build-layouts" / "build").string()));
  EXPECT_TRUE(contains(configure, "-DCMAKE_CXX_FLAGS:STRING=-O3"));
  EXPECT_TRUE(contains(configure, "-DUNITCOST_TESTS=OFF"));
  EXPECT_FALSE(contains(configure, "-DUNITCOST_LAYOUT:STRING=0"));
  EXPECT_TRUE(contains(build.runner.requests.at(2).arguments, "benchmarks/all"));
}

TEST(OwnLayouts, AreKeptUntilTheProgramsChange) {
  Fixture build;
  BuildSteps steps = build.steps();
  own_layouts(build.side, 2, steps);
  EXPECT_EQ(build.built, 2);
  own_layouts(build.side, 2, steps);
  EXPECT_EQ(build.built, 2);
  own_layouts(build.side, 3, steps);  // one more
  EXPECT_EQ(build.built, 3);
  build.write("build/benchmarks/sync/lock", "changed", true);
  own_layouts(build.side, 3, steps);
  EXPECT_EQ(build.built, 6);
}

TEST(OwnLayouts, OfOneProgramBuildThatOne) {
  Fixture build;
  BuildSteps steps = build.steps();
  const LinkedSide one{"B", build.side.place / "sync" / "lock", {"lock"}};
  const auto places = own_layouts(one, 2, steps);
  EXPECT_EQ(places[0], build.folder / "build-layouts" / "one" / "benchmarks" / "sync" / "lock" / "1" / "lock");
  EXPECT_EQ(text_of(places[1]), "order 2");
  EXPECT_TRUE(contains(build.runner.requests.at(2).arguments, "benchmarks/sync/lock"));
}

TEST(OwnLayouts, RefuseWhatIsNoBuildOrAnother) {
  Fixture build;
  BuildSteps steps = build.steps();
  const auto why = [&](const LinkedSide& side) {
    return refusal([&] { own_layouts(side, 2, steps); }, Exit::kBadInput);
  };
  build.write("elsewhere/lock", "", true);
  EXPECT_THAT(why({"A", build.folder / "elsewhere", {"lock"}}), HasSubstr("not the benchmarks of a build"));
  EXPECT_THAT(why({"A", build.folder / "elsewhere" / "lock", {"lock"}}), HasSubstr("--relink COMMAND"));
  build.cache("Unix Makefiles", build.folder / "build");
  EXPECT_THAT(why(build.side), HasSubstr("Unix Makefiles"));
  build.cache("Ninja", "/where/it/was/made");
  EXPECT_THAT(why(build.side), HasSubstr("a copy of the build in /where/it/was/made"));
  EXPECT_TRUE(build.runner.requests.empty());
}

TEST(OwnLayouts, RefuseProgramsThatAreNotWhatTheSourcesMake) {
  Fixture build;
  build.is_stale = true;
  BuildSteps steps = build.steps();
  const std::string why = refusal([&] { own_layouts(build.side, 2, steps); }, Exit::kBadInput);
  EXPECT_THAT(why, HasSubstr("not what the sources in /src now make"));
  EXPECT_EQ(build.configured, 0);
}

TEST(OwnLayouts, RefuseSourcesThatAreOlderThanLinkOrders) {
  Fixture build;
  build.knows_layouts = false;
  BuildSteps steps = build.steps();
  EXPECT_THAT(refusal([&] { own_layouts(build.side, 2, steps); }, Exit::kBadInput), HasSubstr("UNITCOST_LAYOUT"));
  EXPECT_EQ(build.built, 0);
}

struct Command : Tools {
  Command() : Tools({}) {
    side = {"B", write("theirs/work", "as it was", true), {"work"}};
    wishes = {2, "make relinked", folder / "scratch", false};
    runner.answer = [this](const ChildRequest& request) {
      if (!puts_nothing)
        std::ofstream(fs::path(value_of(request.environment, "UNITCOST_OUTPUT")) / "work")
            << value_of(request.environment, "UNITCOST_LAYOUT");
      return ended_with(status, "linking\n", "warning: nothing\n");
    };
  }
  LinkedSide side;
  LayoutWishes wishes;
  bool puts_nothing = false;
  int status = 0;
};

TEST(RelinkCommand, IsToldSideOrderAndWhereTo) {
  Command command;
  BuildSteps steps = command.steps();
  const auto places = make_layouts(command.side, command.wishes, steps);
  ASSERT_EQ(command.runner.requests.size(), 2U);
  const ChildRequest& second = command.runner.requests[1];
  EXPECT_THAT(second.arguments, testing::ElementsAre("-c", "make relinked"));
  EXPECT_EQ(value_of(second.environment, "UNITCOST_SIDE"), "b");
  EXPECT_EQ(value_of(second.environment, "UNITCOST_LAYOUT"), "2");
  EXPECT_EQ(value_of(second.environment, "UNITCOST_ORIGINAL"), command.side.place.string());
  EXPECT_EQ(places[1].parent_path(), value_of(second.environment, "UNITCOST_OUTPUT"));
  EXPECT_EQ(text_of(places[0]), "1");
  EXPECT_EQ(text_of(places[1]), "2");
}

TEST(RelinkCommand, IsRunAgainUnlessADuelIsTakenUpAgain) {
  Command command;
  BuildSteps steps = command.steps();
  make_layouts(command.side, command.wishes, steps);
  make_layouts(command.side, command.wishes, steps);
  EXPECT_EQ(command.runner.requests.size(), 4U);
  command.wishes.may_reuse = true;
  make_layouts(command.side, command.wishes, steps);
  EXPECT_EQ(command.runner.requests.size(), 4U);
  fs::remove(command.wishes.scratch / "b" / "2" / "work");
  make_layouts(command.side, command.wishes, steps);
  EXPECT_EQ(command.runner.requests.size(), 5U);
}

TEST(RelinkCommand, ThatFailsOrGivesNothingIsShownWithItsWords) {
  Command command;
  BuildSteps steps = command.steps();
  command.status = 3;
  EXPECT_THAT(
      refusal([&] { make_layouts(command.side, command.wishes, steps); }, Exit::kFailed),
      testing::AllOf(HasSubstr("link order 1 of B failed"), HasSubstr("status 3"), HasSubstr("linking\nwarning")));
  command.status = 0;
  command.puts_nothing = true;
  EXPECT_THAT(refusal([&] { make_layouts(command.side, command.wishes, steps); }, Exit::kFailed),
              testing::AllOf(HasSubstr("put no work into UNITCOST_OUTPUT"), HasSubstr("warning: nothing")));
}

}  // namespace
}  // namespace unitcost
