#include "harness/honesty/usual_rules.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "harness/stats/random.hpp"

namespace unitcost {
namespace {

/// Slices of `pairs` pairs: each pair has a level of its own and little noise within, as processes have.
std::vector<Pair> clustered_pairs(int pairs, double between_sd, double effect, std::uint64_t seed) {
  Random random(seed);
  std::vector<Pair> all(static_cast<std::size_t>(pairs));
  for (Pair& pair : all) {
    for (const std::size_t side : {kA, kB}) {
      const double level = 100.0 * std::exp(between_sd * random.normal() + (side == kB ? effect : 0.0));
      for (int slice = 0; slice < 30; ++slice)
        pair.slices[side]["operation_ns"].push_back(level * std::exp(0.002 * random.normal()));
    }
  }
  return all;
}

RawSlices slices_of(const std::vector<Pair>& pairs) {
  std::vector<const Pair*> pointers;
  for (const Pair& pair : pairs) pointers.push_back(&pair);
  return raw_slices(pointers, "operation_ns");
}

TEST(UsualRules, TakeEverySliceOfEitherSide) {
  const auto pairs = clustered_pairs(20, 0.01, 0.0, 1);
  const RawSlices slices = slices_of(pairs);
  EXPECT_EQ(slices.a.size(), 600U);
  EXPECT_EQ(slices.b.size(), 600U);
  EXPECT_TRUE(raw_slices({&pairs[0]}, "no_such_ns").a.empty());
}

TEST(UsualRules, CryOutWhereSlicesOfAProcessAreTakenForIndependent) {
  int u = 0;
  int t = 0;
  int apart = 0;
  constexpr int kCases = 100;
  for (int at = 1; at <= kCases; ++at) {
    const RawSlices slices = slices_of(clustered_pairs(20, 0.02, 0.0, static_cast<std::uint64_t>(at)));
    if (by_u_test(slices) != Told::kSilent) ++u;
    if (by_pooled_t(slices) != Told::kSilent) ++t;
    if (by_overlap(slices) != Told::kSilent) ++apart;
  }
  EXPECT_GT(u, kCases / 2);
  EXPECT_GT(t, kCases / 2);
  EXPECT_GT(apart, kCases / 3);
  EXPECT_LE(apart, t) << "intervals that are apart ask for more than a test does";
}

TEST(UsualRules, SayInWhichDirection) {
  for (const double effect : {0.1, -0.1}) {
    const RawSlices slices = slices_of(clustered_pairs(20, 0.001, effect, 5));
    const Told expected = effect > 0 ? Told::kSlower : Told::kFaster;
    EXPECT_EQ(by_u_test(slices), expected);
    EXPECT_EQ(by_pooled_t(slices), expected);
    EXPECT_EQ(by_overlap(slices), expected);
  }
}

}  // namespace
}  // namespace unitcost
