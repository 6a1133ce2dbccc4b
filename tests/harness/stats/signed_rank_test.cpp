// The exact signed-rank test: against values counted by hand and by brute force, and its promise under the hypothesis.
#include "harness/stats/signed_rank.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstddef>
#include <cstdint>

#include "harness/stats/random.hpp"

namespace unitcost {
namespace {

/// Two-sided p by trying every assignment of signs to `ranks`.
double brute_force_p(const std::vector<double>& ranks, double positive_sum) {
  double all = 0.0;
  for (const double rank : ranks) all += rank;
  const double away = std::abs(positive_sum - all / 2.0);
  std::uint64_t as_far = 0;
  const std::uint64_t assignments = std::uint64_t{1} << ranks.size();
  for (std::uint64_t signs = 0; signs < assignments; ++signs) {
    double sum = 0.0;
    for (std::size_t at = 0; at < ranks.size(); ++at) sum += ((signs >> at) & 1U) != 0 ? ranks[at] : 0.0;
    if (std::abs(sum - all / 2.0) >= away - 1e-9) ++as_far;
  }
  return static_cast<double>(as_far) / static_cast<double>(assignments);
}

TEST(SignedRank, KnowsHowLikelyIsWhatIsStrictlyMoreExtreme) {
  // Rank sums 2 to 19 of 21 are as extreme as 2 and 19 or less: sums 0, 1, 20 and 21, one assignment each, are beyond.
  const SignedRank test = signed_rank_test({0.1, -0.2, 0.3, 0.4, 0.5, 0.6});
  EXPECT_DOUBLE_EQ(test.p_beyond, 4.0 / 64.0);
  EXPECT_DOUBLE_EQ(test.p, 6.0 / 64.0);
  EXPECT_DOUBLE_EQ(signed_rank_test({1.0, 2.0, 3.0}).p_beyond, 0.0);
  EXPECT_DOUBLE_EQ(signed_rank_test({1.0, 2.0, -3.0}).p_beyond, 1.0 - 2.0 / 8.0)
      << "in the middle nearly all is beyond";
  EXPECT_DOUBLE_EQ(signed_rank_test({0.0, 0.0}).p_beyond, 0.0);
}

TEST(SignedRank, AllOfOneSignIsAsUnlikelyAsItGets) {
  const SignedRank test = signed_rank_test({0.1, 0.2, 0.3, 0.4, 0.5, 0.6});
  EXPECT_EQ(test.n, 6);
  EXPECT_DOUBLE_EQ(test.positive_sum, 21.0);
  EXPECT_DOUBLE_EQ(test.p, 2.0 / 64.0);
  EXPECT_DOUBLE_EQ(test.p, least_signed_rank_p(6));
  EXPECT_DOUBLE_EQ(signed_rank_test({-0.1, -0.2, -0.3, -0.4, -0.5, -0.6}).p, test.p);
}

TEST(SignedRank, AgreesWithDarwinsMaize) {
  // Darwin's fifteen pairs of plants, in eighths of an inch: a known set with W- = 24 and an exact p of 0.0413.
  const std::vector<double> differences{49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48};
  const SignedRank test = signed_rank_test(differences);
  EXPECT_DOUBLE_EQ(test.positive_sum, 96.0);
  EXPECT_NEAR(test.p, 0.04126, 5e-5);
}

TEST(SignedRank, AgreesWithBruteForceAtEveryCount) {
  Random random(3);
  for (int n = 1; n <= 12; ++n) {
    std::vector<double> differences;
    std::vector<double> ranks;
    double positive_sum = 0.0;
    for (int rank = 1; rank <= n; ++rank) {
      const bool positive = random.below(2) == 1;
      differences.push_back((positive ? 1.0 : -1.0) * rank);
      ranks.push_back(rank);
      if (positive) positive_sum += rank;
    }
    EXPECT_NEAR(signed_rank_test(differences).p, brute_force_p(ranks, positive_sum), 1e-12) << n;
  }
}

TEST(SignedRank, SharesRanksAmongEquals) {
  const SignedRank test = signed_rank_test({1, 1, 1, -2, 2, 3});
  EXPECT_DOUBLE_EQ(test.positive_sum, 2.0 + 2.0 + 2.0 + 4.5 + 6.0);
  EXPECT_NEAR(test.p, brute_force_p({2, 2, 2, 4.5, 4.5, 6}, 16.5), 1e-12);
}

TEST(SignedRank, LetsZerosRankButNotSpeak) {
  const SignedRank test = signed_rank_test({0, 0, 1, -2, 3});
  EXPECT_EQ(test.n, 3);
  EXPECT_DOUBLE_EQ(test.positive_sum, 3.0 + 5.0);
  EXPECT_NEAR(test.p, brute_force_p({3, 4, 5}, 8), 1e-12);
}

TEST(SignedRank, SaysNothingAboutNothing) {
  EXPECT_DOUBLE_EQ(signed_rank_test({}).p, 1.0);
  EXPECT_DOUBLE_EQ(signed_rank_test({0, 0, 0}).p, 1.0);
  EXPECT_DOUBLE_EQ(signed_rank_test({0.3}).p, 1.0);
  EXPECT_DOUBLE_EQ(least_signed_rank_p(0), 1.0);
}

TEST(SignedRank, HasNoFloorThatManyTestsWouldRunInto) {
  std::vector<double> differences;
  for (int i = 1; i <= 40; ++i) differences.push_back(0.01 * i);
  EXPECT_DOUBLE_EQ(signed_rank_test(differences).p, std::ldexp(1.0, -39));
}

TEST(SignedRank, AlarmsNoMoreOftenThanItSays) {
  Random random(20);
  constexpr int kTrials = 4000;
  for (const int n : {6, 16, 20, 31}) {
    int alarms = 0;
    for (int trial = 0; trial < kTrials; ++trial) {
      std::vector<double> differences;
      for (int i = 0; i < n; ++i) differences.push_back(random.normal());
      if (signed_rank_test(differences).p <= 0.05) ++alarms;
    }
    EXPECT_LE(alarms, kTrials * 0.05 + 3.0 * std::sqrt(kTrials * 0.05 * 0.95)) << n;
    EXPECT_GE(alarms, kTrials * 0.02) << n;  // and it does alarm: the least p of six is 1/32
  }
}

TEST(SignedRank, KnowsFromWhichSumOnItRejects) {
  EXPECT_EQ(critical_rank_sum(5, 0.05), 16);         // 2/32 is more than 5 %: never
  EXPECT_EQ(critical_rank_sum(6, 0.05), 21);         // all of one sign
  EXPECT_EQ(critical_rank_sum(20, 0.05), 210 - 52);  // as tables have it
}

}  // namespace
}  // namespace unitcost
