// Levels that are only seen in pairs: known truths come back, and the intervals cover.
#include "harness/stats/paired_levels.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "harness/stats/random.hpp"

namespace unitcost {
namespace {

struct Truth {
  std::vector<double> levels;
  double noise_sd = 0.004;
  double spikes = 0.0;  ///< share of pairs with ten times the noise
};

std::vector<LevelPair> draw(const Truth& truth, int count, Random& random) {
  std::vector<LevelPair> pairs;
  const auto levels = truth.levels.size();
  while (static_cast<int>(pairs.size()) < count) {
    const auto a = random.below(levels);
    const auto b = (a + 1 + random.below(levels - 1)) % levels;
    const double sd = random.uniform() < truth.spikes ? 10.0 * truth.noise_sd : truth.noise_sd;
    pairs.push_back(
        {static_cast<int>(a) + 1, static_cast<int>(b) + 1, truth.levels[b] - truth.levels[a] + sd * random.normal()});
  }
  return pairs;
}

TEST(PairedLevels, GivesExactLevelsBackWhereThereIsNoNoise) {
  Random random(1);
  const PairedLevels found = paired_levels(draw({{0.0, 0.01, 0.05}, 0.0}, 20, random));
  EXPECT_EQ(found.levels, 3);
  EXPECT_EQ(found.lowest, 1);
  EXPECT_EQ(found.highest, 3);
  EXPECT_NEAR(found.largest, 0.05, 1e-12);
  EXPECT_NEAR(found.low, 0.05, 1e-9);
  EXPECT_NEAR(found.sd, std::sqrt((0.02 * 0.02 + 0.01 * 0.01 + 0.03 * 0.03) / 2.0), 1e-9);
}

TEST(PairedLevels, AFewSpikesDoNotMoveThem) {
  Random random(2);
  auto pairs = draw({{0.0, 0.0, 0.03}, 0.001}, 40, random);
  pairs[3].difference += 5.0;
  pairs[17].difference -= 2.0;
  const PairedLevels found = paired_levels(pairs);
  EXPECT_EQ(found.highest, 3);
  EXPECT_NEAR(found.largest, 0.03, 0.004);
}

TEST(PairedLevels, SaysNothingFromTooLittle) {
  EXPECT_FALSE(paired_levels({}).is_known());
  Random random(3);
  EXPECT_FALSE(paired_levels(draw({{0.0, 0.1, 0.2, 0.3, 0.4}}, 9, random)).is_known());
  std::vector<LevelPair> apart;  // 1 and 2 never meet 3 and 4
  for (int i = 0; i < 20; ++i) apart.push_back(i % 2 == 0 ? LevelPair{1, 2, 0.01} : LevelPair{3, 4, 0.02});
  EXPECT_FALSE(paired_levels(apart).is_known());
}

/// Share of draws whose interval of the largest difference holds the true one of these two levels.
double coverage(const Truth& truth, int count) {
  Random random(4);
  int covered = 0;
  constexpr int kDraws = 1000;
  for (int i = 0; i < kDraws; ++i) {
    const PairedLevels found = paired_levels(draw(truth, count, random));
    if (!found.is_known()) continue;
    const double true_difference = truth.levels[static_cast<std::size_t>(found.highest - 1)] -
                                   truth.levels[static_cast<std::size_t>(found.lowest - 1)];
    if (found.low <= true_difference && true_difference <= found.high) ++covered;
  }
  return static_cast<double>(covered) / kDraws;
}

TEST(PairedLevels, TheIntervalOfTheLargestDifferenceCovers) {
  for (const int count : {20, 40}) {
    for (const double spikes : {0.0, 0.1}) {
      const std::vector<double> none(5, 0.0);
      EXPECT_GE(coverage({none, 0.004, spikes}, count), 0.95) << count << " pairs, spikes " << spikes;
      EXPECT_GE(coverage({{0.0, 0.001, 0.002, 0.01, 0.047}, 0.004, spikes}, count), 0.95) << count << ' ' << spikes;
    }
  }
}

TEST(PairedLevels, TheSpreadBetweenLevelsCovers) {
  Random random(5);
  int covered = 0;
  double sum = 0.0;
  constexpr int kDraws = 1000;
  constexpr double kSd = 0.01;
  for (int i = 0; i < kDraws; ++i) {
    Truth truth{std::vector<double>(6), 0.004, 0.0};
    std::ranges::generate(truth.levels, [&] { return kSd * random.normal(); });
    const PairedLevels found = paired_levels(draw(truth, 30, random));
    if (found.sd_low <= kSd && kSd <= found.sd_high) ++covered;
    sum += found.sd * found.sd;
  }
  EXPECT_GE(covered, 930);
  EXPECT_NEAR(std::sqrt(sum / kDraws), kSd, 0.0005);
}

}  // namespace
}  // namespace unitcost
