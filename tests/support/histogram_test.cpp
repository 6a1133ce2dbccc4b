#include "benchmarks/support/histogram.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <limits>

#include "benchmarks/support/fairness.hpp"

namespace unitcost {
namespace {

TEST(Histogram, IsExactForSmallValues) {
  Histogram histogram;
  for (std::uint64_t value = 1; value <= 100; ++value) histogram.add(value);
  EXPECT_EQ(histogram.quantile(0.5), 50.0);
  EXPECT_EQ(histogram.quantile(0.99), 99.0);
  EXPECT_EQ(histogram.quantile(0.991), 100.0);
  EXPECT_EQ(histogram.quantile(1.0), 100.0);
  EXPECT_EQ(histogram.count(), 100U);
}

TEST(Histogram, IsWithinAPercentForLargeValues) {
  for (std::uint64_t value = 1; value < (std::uint64_t{1} << 62U); value = value * 3 + 1) {
    Histogram histogram;
    histogram.add(value);
    EXPECT_NEAR(histogram.quantile(0.5), static_cast<double>(value), static_cast<double>(value) / 100.0) << value;
    EXPECT_EQ(histogram.largest(), value);
  }
}

TEST(Histogram, HoldsTheEnds) {
  Histogram histogram;
  EXPECT_EQ(histogram.quantile(0.5), 0.0);
  histogram.add(0);
  EXPECT_EQ(histogram.quantile(1.0), 0.0);
  constexpr auto kMost = std::numeric_limits<std::uint64_t>::max();
  histogram.add(kMost);
  EXPECT_EQ(histogram.largest(), kMost);
  EXPECT_NEAR(histogram.quantile(1.0), static_cast<double>(kMost), static_cast<double>(kMost) / 100.0);
}

TEST(Histogram, NeverPutsALargerValueBelowASmallerOne) {
  double before = -1.0;
  for (std::uint64_t value = 0; value < 5000; ++value) {
    Histogram histogram;
    histogram.add(value);
    EXPECT_GE(histogram.quantile(1.0), before) << value;
    before = histogram.quantile(1.0);
  }
}

TEST(Histogram, AddsUp) {
  Histogram one;
  Histogram other;
  one.add(3);
  other.add(1'000'000);
  one.add(other);
  EXPECT_EQ(one.count(), 2U);
  EXPECT_EQ(one.quantile(0.5), 3.0);
  EXPECT_EQ(one.largest(), 1'000'000U);
}

TEST(JainIndex, RunsFromOneOverNToOne) {
  EXPECT_DOUBLE_EQ(jain_index({5, 5, 5, 5}), 1.0);
  EXPECT_DOUBLE_EQ(jain_index({8, 0, 0, 0}), 0.25);
  EXPECT_DOUBLE_EQ(jain_index({1, 3}), 0.8);
  EXPECT_DOUBLE_EQ(jain_index({0, 0}), 0.0);
}

}  // namespace
}  // namespace unitcost
