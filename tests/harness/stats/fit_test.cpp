#include "harness/stats/fit.hpp"

#include <cmath>
#include <vector>

#include <gtest/gtest.h>

namespace unitcost {
namespace {

TEST(FitInverse, RecoversAPriceACallAndAPriceAByte) {
  std::vector<double> x;
  std::vector<double> y;
  for (double chunk = 1.0; chunk <= 65536.0; chunk *= 4.0) {
    x.push_back(chunk);
    y.push_back(250.0 / chunk + 0.05);
  }
  const InverseFit fit = fit_inverse(x, y);
  EXPECT_NEAR(fit.a, 250.0, 1e-9);
  EXPECT_NEAR(fit.b, 0.05, 1e-9);
  EXPECT_NEAR(fit.at(4.0), 62.55, 1e-9);
}

TEST(FitInverse, WeighsTheCheapEndAsMuchAsTheDearOne) {
  // One point at the cheap end is 10 % off: absolute least squares would not see it at all.
  const std::vector<double> x{1.0, 10.0, 100.0, 1000.0, 10000.0};
  std::vector<double> y;
  for (const double chunk : x) y.push_back(100.0 / chunk + 1.0);
  y.back() *= 1.1;
  const InverseFit fit = fit_inverse(x, y);
  EXPECT_GT(fit.b, 1.02);
  EXPECT_LT(std::abs(y.back() - fit.at(10000.0)) / fit.at(10000.0), 0.08);
}

TEST(FitInverse, NeedsThreePointsAndPositiveCosts) {
  EXPECT_TRUE(std::isnan(fit_inverse({1.0, 2.0}, {2.0, 1.0}).a));
  EXPECT_TRUE(std::isnan(fit_inverse({1.0, 2.0, 3.0}, {2.0, 0.0, 1.0}).a));
  EXPECT_TRUE(std::isnan(fit_inverse({2.0, 2.0, 2.0}, {2.0, 1.0, 1.0}).a));
}

TEST(Linearity, IsOneOnALineWithAnOffset) {
  EXPECT_NEAR(linearity({64.0, 128.0, 256.0, 512.0, 1024.0}, {164.0, 228.0, 356.0, 612.0, 1124.0}), 1.0, 1e-9);
  EXPECT_NEAR(linearity({64.0, 256.0, 1024.0}, {164.0, 356.0, 1124.0}), 1.0, 1e-9);
}

TEST(Linearity, IsTheRatioOfSlopesOnABrokenLine) {
  // Slope 1 up to the middle point, slope 3 from there on.
  EXPECT_NEAR(linearity({0.0, 1.0, 2.0, 3.0, 4.0}, {10.0, 11.0, 12.0, 15.0, 18.0}), 3.0, 1e-9);
  EXPECT_GT(linearity({1.0, 2.0, 4.0, 8.0}, {1.0, 4.0, 16.0, 64.0}), 2.0);
}

TEST(Linearity, IsUnknownForTooLittle) {
  EXPECT_TRUE(std::isnan(linearity({1.0, 2.0}, {1.0, 2.0})));
  EXPECT_TRUE(std::isnan(linearity({1.0, 2.0, 3.0}, {1.0, std::nan(""), 3.0})));
}

}  // namespace
}  // namespace unitcost
