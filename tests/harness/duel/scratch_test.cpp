// What abandoned duels with link orders leave: kept while they can be taken up again, deleted when they cannot.
#include "harness/duel/scratch.hpp"

#include <gtest/gtest.h>

#include <unistd.h>

#include <fstream>
#include <string>

#include <fmt/format.h>

namespace unitcost {
namespace {

namespace fs = std::filesystem;

struct Results {
  fs::path folder = fs::path(testing::TempDir()) / fmt::format("unitcost-scratch-{}", getpid());

  Results() { fs::create_directories(folder); }
  ~Results() { fs::remove_all(folder); }
  Results(const Results&) = delete;
  Results& operator=(const Results&) = delete;

  /// The place for the programs of such a command.
  [[nodiscard]] fs::path scratch(const std::string& command) const {
    DuelWishes wishes;
    wishes.relink = command;
    wishes.results = folder;
    return scratch_of(wishes);
  }

  /// What a duel left in it that was begun in this boot.
  [[nodiscard]] fs::path abandoned(const std::string& command, const BootOfMachine& begun) const {
    fs::path place = scratch(command);
    begin_scratch(place, begun);
    fs::create_directories(place / "a" / "1");
    std::ofstream(place / "a" / "1" / "program") << "linked";
    return place;
  }
};

TEST(Scratch, IsOneForACommandAndAnotherForAnother) {
  const Results results;
  EXPECT_EQ(results.scratch("make a"), results.scratch("make a"));
  EXPECT_NE(results.scratch("make a"), results.scratch("make b"));
  EXPECT_EQ(results.scratch("make a").parent_path(), results.folder / ".relinked");
}

TEST(Scratch, StaysWhileItsDuelCanBeTakenUpAgainAndGoesAfterAReboot) {
  const Results results;
  const fs::path place = results.abandoned("make", {"machine", "monday"});
  remove_abandoned_scratch(results.folder, {"machine", "monday"});
  EXPECT_TRUE(fs::exists(place / "a" / "1" / "program"));
  remove_abandoned_scratch(results.folder, {"machine", "tuesday"});
  EXPECT_FALSE(fs::exists(place));
  EXPECT_TRUE(fs::exists(results.folder / ".relinked"));
}

TEST(Scratch, OfAnotherMachineOrOfNobodyStays) {
  const Results results;
  const fs::path theirs = results.abandoned("make theirs", {"machine-2", "monday"});
  const fs::path nobodys = results.folder / ".relinked" / "notes";
  fs::create_directories(nobodys);
  remove_abandoned_scratch(results.folder, {"machine", "tuesday"});
  EXPECT_TRUE(fs::exists(theirs / "a" / "1" / "program"));
  EXPECT_TRUE(fs::exists(nobodys));
}

TEST(Scratch, MissingAltogetherIsNothingToDelete) {
  const Results results;
  remove_abandoned_scratch(results.folder, {"machine", "tuesday"});
  EXPECT_FALSE(fs::exists(results.folder / ".relinked"));
}

}  // namespace
}  // namespace unitcost
