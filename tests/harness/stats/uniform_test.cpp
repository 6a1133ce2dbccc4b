// Kolmogorov and Smirnov's test against values from tables, and its promise under the hypothesis.
#include "harness/stats/uniform.hpp"

#include <gtest/gtest.h>

#include "harness/stats/random.hpp"
#include "harness/stats/signed_rank.hpp"

namespace unitcost {
namespace {

TEST(KolmogorovSmirnov, DistanceOfFewValues) {
  EXPECT_DOUBLE_EQ(kolmogorov_smirnov({0.5}).distance, 0.5);
  EXPECT_DOUBLE_EQ(kolmogorov_smirnov({0.25, 0.75}).distance, 0.25);
  EXPECT_DOUBLE_EQ(kolmogorov_smirnov({0.9, 0.95}).distance, 0.9);
  EXPECT_EQ(kolmogorov_smirnov({}).p, 1.0);
}

TEST(KolmogorovSmirnov, CriticalValuesAreThoseOfTheTable) {
  // Of 100 values a distance of 0.134 has p = 0.05, and of 0.161 p = 0.01 (Smirnov's table, exact).
  const auto with_distance = [](double distance) {
    std::vector<double> values;
    for (int at = 0; at < 100; ++at) values.push_back(0.01 * at * (1.0 - distance) + distance);
    return kolmogorov_smirnov(values);
  };
  EXPECT_NEAR(with_distance(0.1340).p, 0.05, 0.003);
  EXPECT_NEAR(with_distance(0.1608).p, 0.01, 0.001);
}

TEST(KolmogorovSmirnov, RejectsAsOftenAsItSays) {
  Random random(3);
  int rejected = 0;
  constexpr int kTrials = 2000;
  for (int trial = 0; trial < kTrials; ++trial) {
    std::vector<double> values;
    for (int at = 0; at < 50; ++at) values.push_back(random.uniform());
    if (kolmogorov_smirnov(values).p <= 0.05) ++rejected;
  }
  EXPECT_NEAR(static_cast<double>(rejected) / kTrials, 0.05, 0.015);
}

TEST(KolmogorovSmirnov, SeesThatExactPValuesAreDiscreteAndTakesRandomisedOnesForUniform) {
  Random random(4);
  std::vector<double> exact;
  std::vector<double> randomised;
  for (int trial = 0; trial < 4000; ++trial) {
    std::vector<double> values;
    for (int at = 0; at < 6; ++at) values.push_back(random.normal());
    const SignedRank test = signed_rank_test(values);
    exact.push_back(test.p);
    randomised.push_back(test.p_beyond + random.uniform() * (test.p - test.p_beyond));
  }
  EXPECT_LT(kolmogorov_smirnov(exact).p, 0.01);
  EXPECT_GT(kolmogorov_smirnov(randomised).p, 0.01);
}

}  // namespace
}  // namespace unitcost
