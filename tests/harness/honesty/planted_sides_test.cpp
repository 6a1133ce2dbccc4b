#include "harness/honesty/planted_sides.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "harness/base/error.hpp"
#include "harness/base/files.hpp"

namespace unitcost {
namespace {

namespace fs = std::filesystem;

class PlantedSidesTest : public testing::Test {
 protected:
  PlantedSidesTest() {
    const auto* test = testing::UnitTest::GetInstance()->current_test_info();
    folder_ = fs::path(testing::TempDir()) / ("unitcost-sides-" + std::string(test->name()));
    fs::remove_all(folder_);
    put("programs/family/one", "measured");
    put("programs/family/two", "measured");
    put("programs/python/script.py", "text");
    put("planted/family/one", "planted");
  }
  ~PlantedSidesTest() override { fs::remove_all(folder_); }

  void put(const fs::path& name, const std::string& text) const {
    fs::create_directories((folder_ / name).parent_path());
    std::ofstream(folder_ / name) << text;
    if (name.extension().empty()) fs::permissions(folder_ / name, fs::perms::owner_all);
  }
  [[nodiscard]] PlantedSides sides() const { return {folder_ / "programs", folder_ / "planted", folder_ / "sides"}; }
  [[nodiscard]] std::string text(const fs::path& file) const { return read_file(file).value_or("none"); }

  fs::path folder_;
};

TEST_F(PlantedSidesTest, AreCopiesWithThePlantedProgramsInTheirPlaces) {
  {
    const PlantedSides made = sides();
    for (const fs::path& side : {made.a(), made.b()}) {
      EXPECT_EQ(text(side / "family/one"), "planted");
      EXPECT_EQ(text(side / "family/two"), "measured");
      EXPECT_EQ(text(side / "python/script.py"), "text");
    }
  }
  EXPECT_FALSE(fs::exists(folder_ / "sides"));
}

TEST_F(PlantedSidesTest, DifferInTheDelaysOfThePiece) {
  const PlantedSides made = sides();
  Piece piece;
  piece.phase = Phase::kPlanted;
  piece.delays = {{"family/one:walk/bytes:16", 0.025}, {"family/one:walk/bytes:64", 0.04}};
  made.plant(piece);
  EXPECT_EQ(text(made.b() / "family/one.planted"), "delay ^walk/bytes:16$ 0.025\ndelay ^walk/bytes:64$ 0.04\n");
  EXPECT_EQ(text(made.a() / "family/one.planted"), "delay !walk/bytes:16$ 0.025\ndelay !walk/bytes:64$ 0.04\n")
      << "as long, and for nobody";
  piece.delays = {{"family/two:o.t(h)er", 0.1}};
  made.plant(piece);
  for (const fs::path& side : {made.a(), made.b()})
    EXPECT_EQ(text(side / "family/one.planted"), "none") << "what was planted before is gone";
  EXPECT_EQ(text(made.b() / "family/two.planted"), "delay ^o\\.t\\(h\\)er$ 0.1\n")
      << "as the harness asks for the case";
}

TEST_F(PlantedSidesTest, ALoadStandsBesideEveryProgramOfBothSides) {
  const PlantedSides made = sides();
  Piece piece;
  piece.phase = Phase::kLoaded;
  made.plant(piece);
  for (const fs::path& side : {made.a(), made.b()}) {  // A is copied for the null control, whose copy runs as side B
    EXPECT_EQ(text(side / "family/one.planted"), "load child-b.json\n");
    EXPECT_EQ(text(side / "python/script.py.planted"), "none");
  }
}

TEST_F(PlantedSidesTest, NeedProgramsThatAreBuilt) {
  EXPECT_THROW(PlantedSides(folder_ / "programs", folder_ / "nowhere", folder_ / "sides"), BadInput);
}

}  // namespace
}  // namespace unitcost
