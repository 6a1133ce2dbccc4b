#include "harness/stats/plateaus.hpp"

#include <cmath>
#include <cstdint>
#include <map>
#include <vector>

#include <gtest/gtest.h>

#include "tests/harness/stats/machine_curve.hpp"

namespace unitcost {
namespace {

using namespace testing_support;  // a table of machines reads better without prefixes

TEST(Plateaus, ASpikeAtOneSizeDoesNotSplitALevel) {
  auto curve = measure_machine(kDesktop, sizes_to(512 * kMiB, 1), 1, 0.0, 1);
  curve[5].value = 6.0;  // 128 KiB: half as slow again as its neighbours
  const auto found = find_hierarchy(curve);
  ASSERT_EQ(found.plateaus.size(), 4U);
  EXPECT_NEAR(level(found, "l2").plateau->value, 4.0, 1e-9);
}

TEST(Plateaus, RoundsWithAHoleAreLeftOutOfTheInterval) {
  auto curve = measure_machine(kDesktop, sizes_near(kDesktop, 512 * kMiB), 10, 0.01, 1);
  curve[1].by_round[3] = std::nan("");
  const auto found = find_hierarchy(curve);
  EXPECT_EQ(level(found, "l1").plateau->n, 9);
  EXPECT_TRUE(std::isnan(level(found, "l1").plateau->by_round[3]));
  EXPECT_EQ(level(found, "memory").plateau->n, 10);
}

/// As a slow case: the size ran in six of ten rounds.
void make_slow(CurvePoint& point) {
  for (const std::size_t round : {0U, 2U, 5U, 7U}) point.by_round[round] = std::nan("");
}

TEST(Plateaus, ASlowSizeDoesNotTakeItsLevelTheRoundsThatTheOthersHave) {
  auto curve = measure_machine(kDesktop, sizes_near(kDesktop, 512 * kMiB), 10, 0.01, 1);
  make_slow(curve.back());
  const auto memory = level(find_hierarchy(curve), "memory").plateau.value();
  EXPECT_EQ(memory.n, 10);
  EXPECT_EQ(memory.to_bytes, curve.back().bytes);  // it is a part of the plateau all the same
  for (double& ns : curve.back().by_round) ns *= 1.05;
  EXPECT_EQ(level(find_hierarchy(curve), "memory").plateau->value, memory.value);
}

TEST(Plateaus, ASlowSizeCountsWhereTheOthersSpanLessThanAnOctave) {
  std::vector<CurvePoint> curve{{1024, 1.0, 1.0, 1.0, {}}, {2048, 1.0, 1.0, 1.0, {}}, {4096, 1.0, 1.0, 1.0, {}}};
  for (auto& point : curve) point.by_round.assign(10, 1.0);
  make_slow(curve[1]);
  make_slow(curve[2]);
  const auto found = find_hierarchy(curve);
  ASSERT_EQ(found.plateaus.size(), 1U);
  EXPECT_EQ(found.plateaus.front().n, 6);
}

/// As where the TLB misses: the largest sizes, which ran in six rounds, climb by so little that a run that begins later holds them as well.
TEST(Plateaus, OfRunsOfSizesThatCompeteThatWithTheMoreRoundsWins) {
  auto curve = measure_machine(kBoard, sizes_near(kBoard, 1024 * kMiB), 10, 0.0, 1);
  const std::map<std::uint64_t, double> climb{{16, 1.02},  {32, 1.03},  {64, 1.06},  {128, 1.08},
                                              {256, 1.11}, {512, 1.11}, {1024, 1.12}};
  for (CurvePoint& point : curve) {
    const auto found = climb.find(point.bytes >> 20U);
    if (found == climb.end()) continue;
    point.value *= found->second;
    for (double& ns : point.by_round) ns *= found->second;
  }
  EXPECT_EQ(level(find_hierarchy(curve), "memory").plateau->from_bytes, bytes(16 * kMiB)) << "six octaves beat five";
  for (CurvePoint& point : curve) {
    if (point.bytes > bytes(128 * kMiB)) make_slow(point);
  }
  const auto memory = level(find_hierarchy(curve), "memory").plateau.value();
  EXPECT_EQ(memory.from_bytes, bytes(4 * kMiB));
  EXPECT_EQ(memory.to_bytes, bytes(128 * kMiB));
  EXPECT_EQ(memory.n, 10);
}

TEST(Plateaus, OfNeighboursThatAreOneLevelThatWithTheMoreRoundsStays) {
  auto curve = measure_machine(kBoard, sizes_near(kBoard, 1024 * kMiB), 10, 0.0, 1);
  for (CurvePoint& point : curve) {
    if (point.bytes <= bytes(32 * kMiB)) continue;
    point.value *= 1.12;  // a run of its own, and no step apart
    for (double& ns : point.by_round) ns *= 1.12;
    if (point.bytes > bytes(64 * kMiB)) make_slow(point);
  }
  const auto memory = level(find_hierarchy(curve), "memory").plateau.value();
  EXPECT_EQ(memory.to_bytes, bytes(32 * kMiB)) << "three octaves of ten rounds, beside four of which one has ten";
  EXPECT_EQ(memory.n, 10);
}

}  // namespace
}  // namespace unitcost
