// Adjusted p-values: against examples counted by hand, and what they promise over many families.
#include "harness/stats/multiple.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "harness/stats/random.hpp"

namespace unitcost {
namespace {

using testing::DoubleNear;
using testing::ElementsAre;

constexpr double kNotTested = std::numeric_limits<double>::quiet_NaN();

TEST(Holm, MultipliesByWhatIsLeftAndNeverFalls) {
  EXPECT_THAT(holm_adjusted({0.01, 0.04, 0.03, 0.005}), ElementsAre(DoubleNear(0.03, 1e-12), DoubleNear(0.06, 1e-12),
                                                                    DoubleNear(0.06, 1e-12), DoubleNear(0.02, 1e-12)));
}

TEST(BenjaminiHochberg, ScalesByRankAndNeverRises) {
  EXPECT_THAT(
      benjamini_hochberg_adjusted({0.01, 0.04, 0.03, 0.005}),
      ElementsAre(DoubleNear(0.02, 1e-12), DoubleNear(0.04, 1e-12), DoubleNear(0.04, 1e-12), DoubleNear(0.02, 1e-12)));
}

TEST(Multiple, OneTestStaysAsItIs) {
  EXPECT_THAT(holm_adjusted({0.2}), ElementsAre(0.2));
  EXPECT_THAT(benjamini_hochberg_adjusted({0.2}), ElementsAre(0.2));
  EXPECT_TRUE(holm_adjusted({}).empty());
}

TEST(Multiple, NeverExceedsOne) {
  EXPECT_THAT(holm_adjusted({0.9, 0.8}), ElementsAre(1.0, 1.0));
  EXPECT_THAT(benjamini_hochberg_adjusted({0.9, 1.0}), ElementsAre(1.0, 1.0));
}

TEST(Multiple, WhatWasNotTestedIsNoTest) {
  for (const auto& adjusted :
       {holm_adjusted({kNotTested, 0.02, 0.01}), benjamini_hochberg_adjusted({kNotTested, 0.02, 0.01})}) {
    EXPECT_TRUE(std::isnan(adjusted[0]));
    EXPECT_NEAR(adjusted[2], 0.02, 1e-12);
  }
}

TEST(Holm, KeepsAFamilyWithoutEffectsSilent) {
  Random random(5);
  constexpr int kFamilies = 4000;
  int alarmed = 0;
  for (int family = 0; family < kFamilies; ++family) {
    std::vector<double> p(40);
    for (double& one : p) one = random.uniform();
    const auto adjusted = holm_adjusted(p);
    if (*std::min_element(adjusted.begin(), adjusted.end()) <= 0.05) ++alarmed;
  }
  EXPECT_LE(alarmed, kFamilies * 0.05 + 3.0 * std::sqrt(kFamilies * 0.05 * 0.95));
}

TEST(BenjaminiHochberg, KeepsTheShareOfFalseAlarms) {
  Random random(6);
  constexpr int kFamilies = 2000;
  double shares = 0.0;
  for (int family = 0; family < kFamilies; ++family) {
    std::vector<double> p(40);
    for (std::size_t i = 0; i < p.size(); ++i) p[i] = i < 10 ? 1e-4 * random.uniform() : random.uniform();
    const auto adjusted = benjamini_hochberg_adjusted(p);
    double found = 0.0;
    double wrong = 0.0;
    for (std::size_t i = 0; i < p.size(); ++i) {
      if (adjusted[i] > 0.05) continue;
      ++found;
      if (i >= 10) ++wrong;
    }
    if (found > 0) shares += wrong / found;
  }
  EXPECT_LE(shares / kFamilies, 0.05);
}

}  // namespace
}  // namespace unitcost
