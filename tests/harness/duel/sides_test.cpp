// What of a case a duel compares.
#include "harness/duel/sides.hpp"

#include <filesystem>
#include <fstream>
#include <string>

#include <gtest/gtest.h>
#include <unistd.h>

#include "harness/plan/plan.hpp"
#include "harness/scenario/scenario.hpp"

namespace unitcost {
namespace {

std::string counter_drawn_as(const std::string& y) {
  Scenario scenario;
  scenario.id = "memory/example";
  Figure figure;
  figure.y = y;
  scenario.figures.push_back(figure);
  LabelledCase label;
  label.scenario = scenario.id;
  label.label = "walk";
  label.key = "memory/example:walk";
  return counter_of(label.key, {scenario}, {label});
}

TEST(Sides, CompareTheTimeThatAFigureDrawsAndNoRate) {
  EXPECT_EQ(counter_drawn_as("access_ns"), "access_ns");
  EXPECT_EQ(counter_drawn_as("ops_per_ns"), "");
  EXPECT_EQ(counter_drawn_as("bytes_per_second"), "");
}

TEST(Sides, TheCopyOfAProgramFindsWhatLiesBesideIt) {
  namespace fs = std::filesystem;
  const fs::path folder = fs::path(testing::TempDir()) / ("unitcost-sides-" + std::to_string(getpid()));
  fs::remove_all(folder);
  fs::create_directories(folder / "bin");
  for (const char* name : {"program", "helper"}) std::ofstream(folder / "bin" / name) << name;
  const fs::path copy = copy_programs(folder / "bin" / "program", folder / "copy");
  EXPECT_EQ(copy, folder / "copy" / "program");
  EXPECT_FALSE(fs::is_symlink(copy));
  EXPECT_TRUE(fs::exists(folder / "copy" / "helper"));
  fs::remove_all(folder / "copy");
  EXPECT_TRUE(fs::exists(folder / "bin" / "helper"));
  fs::remove_all(folder);
}

}  // namespace
}  // namespace unitcost
