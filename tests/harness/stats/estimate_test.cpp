#include "harness/stats/estimate.hpp"

#include <cmath>
#include <limits>
#include <vector>

#include <gtest/gtest.h>

#include "harness/stats/order_statistics.hpp"

namespace unitcost {
namespace {

const double kNaN = std::numeric_limits<double>::quiet_NaN();

TEST(Median, IsTheMiddleOrTheMeanOfBothMiddles) {
  EXPECT_DOUBLE_EQ(median({3.0, 1.0, 2.0}), 2.0);
  EXPECT_DOUBLE_EQ(median({4.0, 1.0, 2.0, 3.0}), 2.5);
  EXPECT_DOUBLE_EQ(median({7.0}), 7.0);
  EXPECT_TRUE(std::isnan(median({})));
}

// Table values of the binomial interval for the median.
TEST(Median, IsTheSameOfFewInAnyOrder) {
  std::vector<double> values;
  for (int count = 1; count <= 20; ++count) {
    values.push_back(std::fmod(7.0 * count, 11.0) - 5.0);  // some stand twice
    EXPECT_EQ(median_of_few(values), median(values)) << count;
    EXPECT_EQ(median_of_few(std::vector<double>(values.rbegin(), values.rend())), median(values)) << count;
  }
  EXPECT_TRUE(std::isnan(median_of_few({})));
}

TEST(MedianRanks, AreTheExactOnes) {
  EXPECT_EQ(median_ranks(6).rank, 1);
  EXPECT_NEAR(median_ranks(6).coverage, 0.96875, 1e-12);
  EXPECT_EQ(median_ranks(8).rank, 1);
  EXPECT_NEAR(median_ranks(8).coverage, 0.9921875, 1e-12);
  EXPECT_EQ(median_ranks(9).rank, 2);
  EXPECT_NEAR(median_ranks(9).coverage, 0.9609375, 1e-12);
  EXPECT_EQ(median_ranks(10).rank, 2);
  EXPECT_NEAR(median_ranks(10).coverage, 0.978515625, 1e-12);
  EXPECT_EQ(median_ranks(20).rank, 6);
  EXPECT_NEAR(median_ranks(20).coverage, 0.958610534667969, 1e-12);
  EXPECT_EQ(median_ranks(40).rank, 14);
  EXPECT_NEAR(median_ranks(6).deviations, 2.1539, 1e-3);
}

TEST(MedianRanks, FiveBlocksDoNotReachNinetyFivePercentAndSaySo) {
  EXPECT_EQ(median_ranks(5).rank, 1);
  EXPECT_NEAR(median_ranks(5).coverage, 0.9375, 1e-12);
  EXPECT_NEAR(median_ranks(1).coverage, 0.0, 1e-12);
}

TEST(MedianRanks, NeverPromiseLessThanWantedFromSixOn) {
  for (int n = kLeastBlocks; n <= 200; ++n) EXPECT_GE(median_ranks(n).coverage, kWantedCoverage) << n;
}

TEST(EstimateMedian, TakesTheIntervalFromTheOrderStatistics) {
  const Estimate estimate = estimate_median({5.0, 9.0, 1.0, 7.0, 3.0, 8.0, 2.0, 10.0, 4.0, 6.0});
  EXPECT_DOUBLE_EQ(estimate.value, 5.5);
  EXPECT_DOUBLE_EQ(estimate.low, 2.0);
  EXPECT_DOUBLE_EQ(estimate.high, 9.0);
  EXPECT_DOUBLE_EQ(estimate.minimum, 1.0);
  EXPECT_EQ(estimate.n, 10);
  EXPECT_FALSE(estimate.widened);
}

TEST(EstimateMedian, OfNothingIsNothing) {
  const Estimate estimate = estimate_median({});
  EXPECT_EQ(estimate.n, 0);
  EXPECT_TRUE(std::isnan(estimate.value));
}

TEST(EstimateMedian, EqualCountsHaveAnIntervalOfOnePoint) {
  const Estimate estimate = estimate_median(std::vector<double>(6, 3.0));
  EXPECT_DOUBLE_EQ(estimate.low, 3.0);
  EXPECT_DOUBLE_EQ(estimate.high, 3.0);
  EXPECT_TRUE(std::isnan(estimate.lag1));
  EXPECT_FALSE(estimate.widened);
}

TEST(EstimateMedian, DriftWidensTheIntervalAndKeepsACostPositive) {
  std::vector<double> drifting;
  for (int i = 1; i <= 12; ++i) drifting.push_back(std::pow(2.0, i));
  const Estimate estimate = estimate_median(drifting);
  EXPECT_TRUE(estimate.widened);
  EXPECT_GT(estimate.lag1, kLag1Flag);
  EXPECT_LT(estimate.low, drifting[2]);
  EXPECT_GT(estimate.low, 0.0);
  EXPECT_GT(estimate.high, drifting[9]);
}

TEST(Lag1, IsHighForDriftNegativeForZigzagAndUnknownForLittle) {
  EXPECT_DOUBLE_EQ(lag1_correlation({1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0}), 0.625 + 0.125);  // 26.25 of 42, and 1/8
  EXPECT_LT(lag1_correlation({1.0, 8.0, 2.0, 7.0, 1.5, 9.0, 2.5, 7.5}), -0.4);
  EXPECT_TRUE(std::isnan(lag1_correlation({1.0, 2.0, 3.0})));
}

TEST(Lag1, CountsASpikeAsOneValue) {
  const std::vector<double> calm{1.1, 1.4, 1.0, 1.5, 1.2, 1.6, 1.3, 1.05};
  auto spiked = calm;
  spiked[5] = 1e6;  // was the largest already
  EXPECT_DOUBLE_EQ(lag1_correlation(calm), lag1_correlation(spiked));
}

TEST(EstimateRatio, DropsRoundsThatMissASide) {
  const Estimate ratio =
      estimate_ratio({2.0, kNaN, 6.0, 8.0, 10.0, 12.0, 14.0, 16.0}, {1.0, 2.0, 3.0, kNaN, 5.0, 6.0, 7.0, 8.0});
  EXPECT_EQ(ratio.n, 6);
  EXPECT_DOUBLE_EQ(ratio.value, 2.0);
}

TEST(EstimateRatio, IsTheReciprocalWhenSidesAreSwapped) {
  const std::vector<double> a{3.0, 4.0, 5.0, 3.5, 4.5, 3.2, 4.1};
  const std::vector<double> b{1.0, 1.2, 1.1, 0.9, 1.3, 1.15, 1.05};
  const Estimate forward = estimate_ratio(a, b);
  const Estimate backward = estimate_ratio(b, a);
  EXPECT_NEAR(forward.value * backward.value, 1.0, 1e-12);
  EXPECT_NEAR(forward.low * backward.high, 1.0, 1e-12);
}

TEST(EstimateRatio, HasNoRoundsWhenACountIsZero) { EXPECT_EQ(estimate_ratio({0.0, 0.0}, {1.0, 1.0}).n, 0); }

TEST(EstimateDifference, IsPairedByRound) {
  const Estimate difference =
      estimate_difference({12.0, 25.0, 31.0, 44.0, kNaN, 60.0, 70.0}, {2.0, 15.0, 21.0, 34.0, 1.0, 50.0, 60.0});
  EXPECT_EQ(difference.n, 6);
  EXPECT_DOUBLE_EQ(difference.value, 10.0);
  EXPECT_DOUBLE_EQ(difference.low, 10.0);
}

TEST(Scaled, SwapsTheEndsForANegativeFactor) {
  const Estimate estimate = scaled(estimate_median({1.0, 2.0, 3.0, 4.0, 5.0, 6.0}), -2.0);
  EXPECT_LT(estimate.low, estimate.high);
  EXPECT_DOUBLE_EQ(estimate.value, -7.0);
}

}  // namespace
}  // namespace unitcost
