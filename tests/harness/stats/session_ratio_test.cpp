#include "harness/stats/session_ratio.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "harness/stats/random.hpp"

namespace unitcost {
namespace {

std::vector<double> sessions(Random& random, int n, double centre, double sd) {
  std::vector<double> values;
  for (int i = 0; i < n; ++i) values.push_back(std::exp(centre + sd * random.normal()));
  return values;
}

TEST(SessionRatio, IsWelchsIntervalOfTheLogarithms) {
  // Variances 1e-4, so the standard error is sqrt(2e-4/3) with 4 degrees of freedom, whose 97.5 % point is 2.776445.
  const std::vector<double> a{std::exp(0.00), std::exp(0.01), std::exp(0.02)};
  const std::vector<double> b{std::exp(0.10), std::exp(0.11), std::exp(0.12)};
  const SessionRatio found = session_ratio(a, b);
  const double half_width = 2.776445105 * std::sqrt(2e-4 / 3.0);
  EXPECT_NEAR(found.ratio, std::exp(0.1), 1e-12);
  EXPECT_NEAR(found.degrees_of_freedom, 4.0, 1e-9);
  EXPECT_NEAR(std::log(found.low), 0.1 - half_width, 1e-9);
  EXPECT_NEAR(std::log(found.high), 0.1 + half_width, 1e-9);
  // Of t with 4 degrees the distribution is known in closed form: P(T > t) with x = t / sqrt(4 + t^2) is (1 - x (3 - x^2) / 2) / 2.
  const double t = 0.1 / std::sqrt(2e-4 / 3.0);
  const double x = t / std::sqrt(4.0 + t * t);
  EXPECT_NEAR(found.p, 1.0 - x * (3.0 - x * x) / 2.0, 1e-9);
}

TEST(SessionRatio, OneSessionASideHasARatioAndNothingElse) {
  const SessionRatio found = session_ratio({100.0}, {110.0, 111.0});
  EXPECT_GT(found.ratio, 1.1);
  EXPECT_FALSE(found.has_interval());
  EXPECT_TRUE(std::isnan(found.low));
  EXPECT_TRUE(std::isnan(found.p));
  EXPECT_TRUE(std::isnan(smallest_visible_ratio(found, 0.01)));
  EXPECT_EQ(sessions_needed(found, 0.01), 0);
}

TEST(SessionRatio, CountsThatNeverChangeAreEqualOrDifferentForCertain) {
  const SessionRatio equal = session_ratio({0.0, 0.0, 0.0}, {0.0, 0.0});
  EXPECT_EQ(equal.ratio, 1.0);
  EXPECT_EQ(equal.low, 1.0);
  EXPECT_EQ(equal.high, 1.0);
  EXPECT_EQ(equal.p, 1.0);
  const SessionRatio different = session_ratio({3.0, 3.0, 3.0}, {6.0, 6.0, 6.0});
  EXPECT_NEAR(different.low, 2.0, 1e-12);
  EXPECT_NEAR(different.high, 2.0, 1e-12);
  EXPECT_EQ(different.p, 0.0);
  EXPECT_EQ(sessions_needed(equal, 0.01), 2);
}

/// How often an interval of `n_a` against `n_b` sessions holds the true ratio.
double coverage(int n_a, int n_b, double sd_a, double sd_b, std::uint64_t seed) {
  constexpr int kTrials = 4000;
  Random random(seed);
  int covered = 0;
  for (int trial = 0; trial < kTrials; ++trial) {
    const SessionRatio found = session_ratio(sessions(random, n_a, 2.0, sd_a), sessions(random, n_b, 2.3, sd_b));
    if (std::log(found.low) <= 0.3 && std::log(found.high) >= 0.3) ++covered;
  }
  return static_cast<double>(covered) / kTrials;
}

TEST(SessionRatio, CoversTheTruthAtEveryCount) {
  for (int n = 2; n <= 12; ++n) {
    EXPECT_GE(coverage(n, n, 0.02, 0.02, 7), 0.94) << n << " sessions a side, equally noisy";
    EXPECT_GE(coverage(n, n, 0.01, 0.04, 8), 0.935) << n << " sessions a side, one four times as noisy";
  }
  EXPECT_GE(coverage(3, 9, 0.02, 0.02, 9), 0.935);
  EXPECT_GE(coverage(3, 9, 0.04, 0.01, 9), 0.935);
}

TEST(SessionRatio, EqualSidesAreCalledDifferentAtMostAsOftenAsAgreed) {
  constexpr int kTrials = 20000;
  Random random(11);
  int alarms = 0;
  for (int trial = 0; trial < kTrials; ++trial) {
    if (session_ratio(sessions(random, 4, 1.0, 0.03), sessions(random, 4, 1.0, 0.03)).p <= 0.05) ++alarms;
  }
  EXPECT_LE(alarms, 0.055 * kTrials);
  EXPECT_GE(alarms, 0.03 * kTrials);  // Welch's form errs to the careful side with few sessions
}

TEST(SessionRatio, TheSmallestVisibleChangeIsSeenAboutNineTimesInTen) {
  constexpr int kTrials = 3000;
  constexpr double kMargin = 0.01;
  constexpr double kSd = 0.01;
  for (const int n : {3, 4, 6, 10, 20}) {
    SessionRatio typical;  // the noise as it is, not as a sample of it happens to look
    typical.sessions_a = typical.sessions_b = n;
    typical.standard_error = kSd * std::sqrt(2.0 / n);
    typical.degrees_of_freedom = 2.0 * (n - 1);
    const double planted = std::log(smallest_visible_ratio(typical, kMargin));
    Random random(static_cast<std::uint64_t>(n));
    int seen = 0;
    for (int trial = 0; trial < kTrials; ++trial) {
      const SessionRatio found = session_ratio(sessions(random, n, 0.0, kSd), sessions(random, n, planted, kSd));
      if (found.low > 1.0 + kMargin) ++seen;
    }
    EXPECT_GE(seen, 0.85 * kTrials) << n << " sessions a side";
    EXPECT_LE(seen, 0.95 * kTrials) << n << " sessions a side";
  }
}

TEST(SessionRatio, SoManySessionsAsAreSaidToBeNeededTellEqualSides) {
  Random random(5);
  const SessionRatio few = session_ratio(sessions(random, 4, 0.0, 0.02), sessions(random, 4, 0.0, 0.02));
  const int needed = sessions_needed(few, 0.01);
  ASSERT_GT(needed, 4);
  const double sd = std::sqrt((few.variance_a + few.variance_b) / 2.0);
  const auto half_width = [&](int n) {
    const std::vector<double> alternating = [&] {  // of exactly this sd
      std::vector<double> values;
      for (int i = 0; i < n; ++i) values.push_back(std::exp((i % 2 == 0 ? 1.0 : -1.0) * sd * std::sqrt((n - 1.0) / n)));
      return values;
    }();
    return std::log(session_ratio(alternating, alternating).high);
  };
  const int even = needed + needed % 2;
  EXPECT_LE(half_width(even), std::log(1.01));
  EXPECT_GT(half_width(even - 4), std::log(1.01));
  EXPECT_LT(sessions_needed(few, 0.05), needed);
  EXPECT_EQ(sessions_needed(few, 1e-9), 0);
}

}  // namespace
}  // namespace unitcost
