#include "harness/stats/random.hpp"

#include <array>
#include <cmath>

#include <gtest/gtest.h>

namespace unitcost {
namespace {

TEST(Random, GivesTheSameNumbersForTheSameSeedForEver) {
  Random random(1);
  EXPECT_EQ(random.bits(), 0xb3f2af6d0fc710c5U);
  EXPECT_EQ(random.bits(), 0x853b559647364ceaU);
}

TEST(Random, SeedsDiffer) { EXPECT_NE(Random(1).bits(), Random(2).bits()); }

TEST(Random, UniformHasItsMoments) {
  Random random(2);
  double sum = 0.0;
  for (int i = 0; i < 100000; ++i) {
    const double value = random.uniform();
    ASSERT_GE(value, 0.0);
    ASSERT_LT(value, 1.0);
    sum += value;
  }
  EXPECT_NEAR(sum / 100000.0, 0.5, 0.005);
}

TEST(Random, BelowIsEvenAndInRange) {
  Random random(3);
  std::array<int, 6> counts{};
  for (int i = 0; i < 60000; ++i) ++counts.at(random.below(6));
  for (const int count : counts) EXPECT_NEAR(count, 10000, 400);
}

TEST(Random, NormalAndExponentialHaveTheirMoments) {
  Random random(4);
  double sum = 0.0;
  double squares = 0.0;
  double waits = 0.0;
  for (int i = 0; i < 100000; ++i) {
    const double value = random.normal();
    sum += value;
    squares += value * value;
    waits += random.exponential();
  }
  EXPECT_NEAR(sum / 100000.0, 0.0, 0.02);
  EXPECT_NEAR(squares / 100000.0, 1.0, 0.03);
  EXPECT_NEAR(waits / 100000.0, 1.0, 0.02);
}

}  // namespace
}  // namespace unitcost
