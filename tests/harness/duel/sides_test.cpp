// What of a case a duel compares.
#include "harness/duel/sides.hpp"

#include <string>

#include <gtest/gtest.h>

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

}  // namespace
}  // namespace unitcost
