#include "harness/stats/hierarchy.hpp"

#include <cstdint>
#include <string>
#include <vector>

#include <gmock/gmock.h>

#include "harness/stats/levels.hpp"
#include "tests/harness/stats/machine_curve.hpp"

namespace unitcost {
namespace {

using testing::HasSubstr;
using namespace testing_support;  // a table of machines reads better without prefixes

NamedCliff cliff(const Hierarchy& hierarchy, const std::string& name) {
  for (const auto& one : name_cliffs(hierarchy)) {
    if (one.name == name) return one;
  }
  return {};
}

TEST(Hierarchy, FindsLevelsAndSizesOfAMachineWithThreeCaches) {
  const auto found = find_hierarchy(measure_machine(kDesktop, sizes_near(kDesktop, 512 * kMiB), 10, 0.01, 1));
  ASSERT_EQ(found.plateaus.size(), 4U);
  EXPECT_NEAR(level(found, "l1").plateau->value, 1.2, 0.02);
  EXPECT_NEAR(level(found, "l2").plateau->value, 4.0, 0.06);
  EXPECT_NEAR(level(found, "last-cache").plateau->value, 15.0, 0.2);
  EXPECT_NEAR(level(found, "memory").plateau->value, 90.0, 1.2);
  EXPECT_EQ(cliff(found, "first").cliff->bytes, bytes(48 * kKiB));
  EXPECT_EQ(cliff(found, "second").cliff->bytes, bytes(1.25 * kMiB));
  EXPECT_EQ(cliff(found, "last").cliff->bytes, bytes(24 * kMiB));
  EXPECT_DOUBLE_EQ(past_last_cache_bytes(found).value(), 96 * kMiB);
  EXPECT_DOUBLE_EQ(half_first_cache_bytes(found).value(), 24 * kKiB);
}

TEST(Hierarchy, IntervalsOfLevelsHoldTheTruthAndStandOnTheRounds) {
  const auto found = find_hierarchy(measure_machine(kDesktop, sizes_near(kDesktop, 512 * kMiB), 12, 0.02, 5));
  const auto l1 = level(found, "l1").plateau.value();
  EXPECT_LE(l1.low, 1.2);
  EXPECT_GE(l1.high, 1.2);
  EXPECT_LT(l1.high / l1.low, 1.1);
  EXPECT_EQ(l1.n, 12);
  EXPECT_GE(l1.coverage, 0.95);
}

TEST(Hierarchy, AMachineWithTwoCachesHasNoThird) {
  const auto found = find_hierarchy(measure_machine(kBoard, sizes_near(kBoard, 256 * kMiB), 10, 0.01, 2));
  EXPECT_NEAR(level(found, "l2").plateau->value, 12.0, 0.2);
  EXPECT_NEAR(level(found, "memory").plateau->value, 140.0, 2.0);
  EXPECT_FALSE(level(found, "last-cache").plateau.has_value());
  EXPECT_THAT(level(found, "last-cache").reason, HasSubstr("2 plateaus before memory"));
  EXPECT_EQ(cliff(found, "second").cliff->bytes, bytes(1 * kMiB));
  EXPECT_FALSE(cliff(found, "last").cliff.has_value());
}

TEST(Hierarchy, OfFourCachesTheLastOneIsTheLastLevel) {
  const auto found = find_hierarchy(measure_machine(kFourLevels, sizes_near(kFourLevels, 1024 * kMiB), 10, 0.01, 3));
  ASSERT_EQ(found.plateaus.size(), 5U);
  EXPECT_NEAR(level(found, "last-cache").plateau->value, 40.0, 0.6);
  EXPECT_EQ(cliff(found, "second").cliff->bytes, bytes(512 * kKiB));
  EXPECT_EQ(cliff(found, "last").cliff->bytes, bytes(64 * kMiB));
}

// A guest that is told of a last-level cache of 105 MiB and gets a share of it that changes: one long climb.
std::vector<CurvePoint> guest_without_a_third_plateau(int rounds) {
  std::vector<CurvePoint> curve;
  Random random(9);
  for (const double size : sizes_to(512 * kMiB, 1)) {
    double ns = 1.5;
    if (size > 48 * kKiB) ns = 5.0;
    if (size > 2 * kMiB) ns = 5.0 * std::pow(size / (2 * kMiB), 0.62);
    ns = std::min(ns, 110.0);
    CurvePoint point;
    point.bytes = bytes(size);
    for (int round = 0; round < rounds; ++round) point.by_round.push_back(ns * std::exp(0.02 * random.normal()));
    point.value = point.low = point.high = median(point.by_round);
    curve.push_back(point);
  }
  return curve;
}

TEST(Hierarchy, ALongClimbHidesACacheSoItsSizeIsUndecided) {
  const auto found = find_hierarchy(guest_without_a_third_plateau(10));
  EXPECT_NEAR(level(found, "l2").plateau->value, 5.0, 0.1);
  EXPECT_FALSE(level(found, "last-cache").plateau.has_value());
  ASSERT_TRUE(cliff(found, "second").cliff.has_value());
  EXPECT_EQ(cliff(found, "second").cliff->bytes, 0U);
  EXPECT_THAT(cliff(found, "second").cliff->reason, HasSubstr("climbs over more than three octaves"));
  EXPECT_GT(cliff(found, "second").cliff->crossing_bytes, 2 * kMiB);
  // Only the plateau itself is past every cache.
  EXPECT_GE(past_last_cache_bytes(found).value(), 256 * kMiB);
}

// A second cache whose level is disturbed all along, as measured beside busy neighbours: no octave of it is within 10 %.
TEST(Hierarchy, ACacheAfterAHiddenOneIsNotCalledL2) {
  std::vector<CurvePoint> curve;
  for (const double size : sizes_to(512 * kMiB, 1)) {
    double ns = 1.5;
    if (size > 32 * kKiB) ns = 4.3 * std::pow(size / (64 * kKiB), 0.3);
    if (size > 512 * kKiB) ns = 19.0;
    if (size > 4 * kMiB) ns = 180.0;
    CurvePoint point;
    point.bytes = bytes(size);
    point.by_round.assign(10, ns);
    point.value = point.low = point.high = ns;
    curve.push_back(point);
  }
  const auto found = find_hierarchy(curve);
  ASSERT_EQ(found.plateaus.size(), 3U);
  EXPECT_TRUE(level(found, "l1").plateau.has_value());
  EXPECT_FALSE(level(found, "l2").plateau.has_value());
  EXPECT_THAT(level(found, "l2").reason, HasSubstr("stays open"));
  EXPECT_FALSE(cliff(found, "second").cliff.has_value());
  EXPECT_TRUE(level(found, "memory").plateau.has_value());
}

TEST(Hierarchy, MemoryIsNotMeasurableWhenTheCurveEndsTooEarly) {
  const Machine large_cache{{{48 * kKiB, 1.5}, {2 * kMiB, 5.0}, {96 * kMiB, 30.0}}, 120.0, true};
  const auto found = find_hierarchy(measure_machine(large_cache, sizes_near(large_cache, 512 * kMiB), 10, 0.005, 4));
  EXPECT_TRUE(found.reaches_memory);
  EXPECT_FALSE(level(found, "memory").plateau.has_value());
  EXPECT_THAT(level(found, "memory").reason, HasSubstr("ends less than an octave past four times the last cliff"));
  EXPECT_EQ(cliff(found, "last").cliff->bytes, bytes(96 * kMiB));
}

TEST(Hierarchy, ACurveThatStillClimbsDoesNotReachMemory) {
  const auto found = find_hierarchy(measure_machine(kDesktop, sizes_near(kDesktop, 32 * kMiB), 10, 0.01, 1));
  EXPECT_FALSE(found.reaches_memory);
  EXPECT_FALSE(level(found, "memory").plateau.has_value());
  EXPECT_TRUE(level(found, "l2").plateau.has_value());
  EXPECT_FALSE(level(found, "last-cache").plateau.has_value());
  EXPECT_THAT(level(found, "last-cache").reason, HasSubstr("whether that is memory or a cache stays open"));
  EXPECT_FALSE(past_last_cache_bytes(found).has_value());
  EXPECT_FALSE(cliff(found, "last").cliff.has_value());
}

// As in a run whose largest rings were read slower than the others: memory was called the last-level cache, at 183 ns.
TEST(Hierarchy, MemoryWhoseEndIsDisturbedIsNotCalledACache) {
  auto curve = measure_machine(kDesktop, sizes_to(512 * kMiB, 1), 10, 0.01, 1);
  CurvePoint& end = curve.back();
  for (double& value : end.by_round) value *= 1.5;
  end.value *= 1.5;
  const auto found = find_hierarchy(curve);
  ASSERT_EQ(found.plateaus.size(), 4U);
  EXPECT_NEAR(level(found, "l2").plateau->value, 4.0, 0.1);
  EXPECT_FALSE(level(found, "last-cache").plateau.has_value());
  EXPECT_FALSE(level(found, "memory").plateau.has_value());
  EXPECT_THAT(level(found, "memory").reason, HasSubstr("no plateau at its end"));
  const auto board = [](double end_ratio) {
    auto points = measure_machine(kBoard, sizes_to(256 * kMiB, 1), 10, 0.01, 2);
    for (double& value : points.back().by_round) value *= end_ratio;
    points.back().value *= end_ratio;
    return find_hierarchy(points);
  };
  EXPECT_FALSE(level(board(1.5), "last-cache").plateau.has_value()) << "140 ns";
  EXPECT_NEAR(level(board(1.5), "l2").plateau->value, 12.0, 0.2);
  EXPECT_NEAR(level(board(1.0), "memory").plateau->value, 140.0, 2.0);
}

TEST(Hierarchy, ASecondCacheIsNotTakenForMemory) {
  const auto found = find_hierarchy(measure_machine(kDesktop, sizes_near(kDesktop, 1 * kMiB), 10, 0.01, 1));
  EXPECT_FALSE(found.reaches_memory);
  EXPECT_NEAR(level(found, "l2").plateau->value, 4.0, 0.1);
}

TEST(Hierarchy, PowersOfTwoAloneCannotDecideASize) {
  const auto found = find_hierarchy(measure_machine(kDesktop, sizes_to(512 * kMiB, 1), 10, 0.01, 1));
  const auto first = cliff(found, "first").cliff.value();
  EXPECT_EQ(first.bytes, 0U);
  EXPECT_THAT(first.reason, HasSubstr("several usual sizes"));
  EXPECT_DOUBLE_EQ(first.low_bytes, 32 * kKiB);
  EXPECT_DOUBLE_EQ(first.high_bytes, 64 * kKiB);
  EXPECT_GE(first.crossing_bytes, 32 * kKiB);
  EXPECT_LE(first.crossing_bytes, 64 * kKiB);
}

TEST(Hierarchy, OneValueASizeIsEnoughToFindWhereToLookCloser) {
  for (const auto& machine : {kDesktop, kBoard, kFourLevels}) {
    const auto found = find_hierarchy(measure_machine(machine, sizes_to(1024 * kMiB, 1), 1, 0.02, 11));
    ASSERT_EQ(found.cliffs.size(), machine.caches.size());
    for (std::size_t i = 0; i < machine.caches.size(); ++i) {
      EXPECT_GT(found.cliffs[i].crossing_bytes, machine.caches[i].bytes / 2.0);
      EXPECT_LT(found.cliffs[i].crossing_bytes, machine.caches[i].bytes * 2.0);
    }
  }
}

TEST(Hierarchy, RandomReplacementMovesACliffByAQuarterOctaveAtMost) {
  for (double size = 24 * kKiB; size <= 64 * kKiB; size += 8 * kKiB) {
    const Machine machine{{{size, 1.5}, {2 * kMiB, 5.0}, {32 * kMiB, 20.0}}, 100.0, false};
    const auto found = find_hierarchy(measure_machine(machine, sizes_near(machine, 512 * kMiB), 10, 0.005, 6));
    const auto first = cliff(found, "first").cliff.value();
    EXPECT_GE(first.crossing_bytes, size);
    EXPECT_LE(first.crossing_bytes, size * 1.35);
    EXPECT_EQ(level(found, "memory").plateau->n, 10);
  }
}

TEST(Hierarchy, NoiseOfSomePercentDoesNotInventLevels) {
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    const auto found = find_hierarchy(measure_machine(kDesktop, sizes_near(kDesktop, 512 * kMiB), 10, 0.04, seed));
    ASSERT_EQ(found.plateaus.size(), 4U) << "seed " << seed;
    EXPECT_EQ(cliff(found, "first").cliff->bytes, bytes(48 * kKiB)) << "seed " << seed;
  }
}

TEST(Hierarchy, ACurveWithoutPlateausHasNoLevelsAndSaysWhy) {
  std::vector<CurvePoint> curve;
  for (double size = 4 * kKiB; size <= 64 * kMiB; size *= 2.0) curve.push_back({bytes(size), size, size, size, {}});
  const auto found = find_hierarchy(curve);
  EXPECT_TRUE(found.plateaus.empty());
  EXPECT_TRUE(found.cliffs.empty());
  for (const auto& one : name_levels(found)) {
    EXPECT_FALSE(one.plateau.has_value());
    EXPECT_FALSE(one.reason.empty());
  }
}

TEST(Hierarchy, APointOrAFlatLineIsNoHierarchy) {
  EXPECT_TRUE(find_hierarchy({{4096, 1.0, 1.0, 1.0, {}}}).plateaus.empty());
  std::vector<CurvePoint> flat;
  for (double size = 4 * kKiB; size <= 64 * kMiB; size *= 2.0) flat.push_back({bytes(size), 3.0, 3.0, 3.0, {}});
  const auto found = find_hierarchy(flat);
  ASSERT_EQ(found.plateaus.size(), 1U);
  EXPECT_FALSE(found.reaches_memory);
}

}  // namespace
}  // namespace unitcost
