// The usual rules against values that other programs give, and their promise for values that really are independent.
#include "harness/stats/two_samples.hpp"

#include <gtest/gtest.h>

#include "harness/stats/random.hpp"

namespace unitcost {
namespace {

TEST(MannWhitney, AgreesWithTheFormula) {
  // U = 5 of 25: (12.5 - 5 - 0.5) / sqrt(25 * 11 / 12) = 1.4622.
  EXPECT_NEAR(mann_whitney_p({1, 2, 3, 6, 8}, {4, 5, 7, 9, 10}), 0.1437, 1e-4);
  EXPECT_DOUBLE_EQ(mann_whitney_p({1, 2, 3}, {1, 2, 3}), 1.0);
  EXPECT_DOUBLE_EQ(mann_whitney_p({5, 5, 5}, {5, 5, 5}), 1.0);
  EXPECT_DOUBLE_EQ(mann_whitney_p({}, {1, 2}), 1.0);
}

TEST(PooledT, AgreesWithStudentsTable) {
  // Means 3 and 5, both with a variance of 2.5: t = 2 on 8 degrees of freedom.
  EXPECT_NEAR(pooled_t_p({1, 2, 3, 4, 5}, {3, 4, 5, 6, 7}), 0.08052, 1e-4);
  EXPECT_DOUBLE_EQ(pooled_t_p({1}, {2, 3}), 1.0);
  EXPECT_DOUBLE_EQ(pooled_t_p({2, 2}, {2, 2}), 1.0);
  EXPECT_DOUBLE_EQ(pooled_t_p({2, 2}, {3, 3}), 0.0);
}

TEST(MeanInterval, IsStudents) {
  const MeanInterval interval = mean_interval({1, 2, 3, 4, 5});  // 3 ± 2.776 * sqrt(2.5 / 5)
  EXPECT_NEAR(interval.low, 1.0368, 1e-3);
  EXPECT_NEAR(interval.high, 4.9632, 1e-3);
}

TEST(UsualTests, HoldTheirLevelForIndependentValues) {
  Random random(1);
  int u = 0;
  int t = 0;
  constexpr int kTrials = 2000;
  for (int trial = 0; trial < kTrials; ++trial) {
    std::vector<double> a;
    std::vector<double> b;
    for (int at = 0; at < 30; ++at) {
      a.push_back(random.normal());
      b.push_back(random.normal());
    }
    if (mann_whitney_p(a, b) <= 0.05) ++u;
    if (pooled_t_p(a, b) <= 0.05) ++t;
  }
  EXPECT_NEAR(static_cast<double>(u) / kTrials, 0.05, 0.015);
  EXPECT_NEAR(static_cast<double>(t) / kTrials, 0.05, 0.015);
}

}  // namespace
}  // namespace unitcost
