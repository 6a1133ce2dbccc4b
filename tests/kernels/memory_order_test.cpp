#include "benchmarks/kernels/memory_order.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <set>
#include <stdexcept>

namespace unitcost::kernels {
namespace {

using testing::ElementsAre;

std::vector<std::uint32_t> sorted(std::vector<std::uint32_t> values) {
  std::ranges::sort(values);
  return values;
}

std::vector<std::uint32_t> counted(std::uint32_t count) {
  std::vector<std::uint32_t> values(count);
  std::iota(values.begin(), values.end(), 0U);
  return values;
}

constexpr auto kSizes = {0U, 1U, 2U, 3U, 7U, 8U, 9U, 255U, 4095U, 4096U, 4097U, 65536U, 99991U};

TEST(Visits, OfEveryOrderSeeEachPositionOnce) {
  for (const Order order : {Order::kSequential, Order::kReverse, Order::kRandom, Order::kLocal}) {
    for (const std::uint32_t count : kSizes)
      EXPECT_EQ(sorted(make_visits(count, order, 5)), counted(count)) << name_of(order) << ' ' << count;
  }
}

TEST(Visits, ByStrideSeeEachPositionOnce) {
  for (const std::uint32_t stride : {1U, 2U, 3U, 128U, 5000U}) {
    for (const std::uint32_t count : kSizes)
      EXPECT_EQ(sorted(make_visits_by_stride(count, stride)), counted(count)) << stride << ' ' << count;
  }
}

TEST(Visits, InOrderAndBackwards) {
  EXPECT_THAT(make_visits(4, Order::kSequential, 1), ElementsAre(0, 1, 2, 3));
  EXPECT_THAT(make_visits(4, Order::kReverse, 1), ElementsAre(3, 2, 1, 0));
}

TEST(Visits, ByStrideGoAlongOneColumnAfterTheOther) {
  EXPECT_THAT(make_visits_by_stride(7, 3), ElementsAre(0, 3, 6, 1, 4, 2, 5));
  EXPECT_THAT(make_visits_by_stride(3, 8), ElementsAre(0, 1, 2));
  EXPECT_EQ(make_visits_by_stride(1000, 1), make_visits(1000, Order::kSequential, 0));
  EXPECT_THROW(make_visits_by_stride(3, 0), std::invalid_argument);
}

TEST(Visits, AtRandomAreDrawnByTheSeed) {
  for (const Order order : {Order::kRandom, Order::kLocal}) {
    EXPECT_EQ(make_visits(10000, order, 1), make_visits(10000, order, 1));
    EXPECT_NE(make_visits(10000, order, 1), make_visits(10000, order, 2));
  }
}

TEST(Visits, AtRandomDrawEveryOrderOfThreeAboutEquallyOften) {
  std::map<std::vector<std::uint32_t>, int> seen;
  for (std::uint64_t seed = 0; seed < 6000; ++seed) ++seen[make_visits(3, Order::kRandom, seed)];
  EXPECT_EQ(seen.size(), 6U);
  for (const auto& [visits, times] : seen) EXPECT_NEAR(times, 1000, 150);  // 5 standard deviations
}

TEST(LocalVisits, StayInAWindowForAnEighthOfItAndSeeOneOfEachGroup) {
  constexpr std::uint32_t kWindows = 5;
  constexpr std::uint32_t kStay = kWindowNodes / kGroupNodes;
  const auto visits = make_visits(kWindows * kWindowNodes, Order::kLocal, 3);
  for (std::size_t from = 0; from < visits.size(); from += kStay) {
    std::set<std::uint32_t> groups;
    for (std::size_t i = from; i < from + kStay; ++i) {
      EXPECT_EQ(visits[i] / kWindowNodes, visits[from] / kWindowNodes);
      groups.insert(visits[i] / kGroupNodes);
    }
    EXPECT_EQ(groups.size(), kStay);
  }
}

TEST(LocalVisits, SeeAllWindowsBeforeTheyComeBackToOne) {
  constexpr std::uint32_t kWindows = 8;
  constexpr std::size_t kStay = kWindowNodes / kGroupNodes;
  const auto visits = make_visits(kWindows * kWindowNodes, Order::kLocal, 4);
  for (std::uint32_t pass = 0; pass < kGroupNodes; ++pass) {
    std::set<std::uint32_t> windows;
    for (std::uint32_t stay = 0; stay < kWindows; ++stay)
      windows.insert(visits[(pass * kWindows + stay) * kStay] / kWindowNodes);
    EXPECT_EQ(windows.size(), kWindows);
  }
}

TEST(LocalVisits, AreInRandomOrderInsideOfAWindow) {
  const auto visits = make_visits(kWindowNodes, Order::kLocal, 5);
  int ascents = 0;
  for (std::size_t i = 1; i < kWindowNodes / kGroupNodes; ++i) ascents += visits[i] > visits[i - 1] ? 1 : 0;
  EXPECT_NEAR(ascents, 256, 60);
}

TEST(Successors, FollowTheVisitsAndCloseTheCycle) {
  EXPECT_THAT(successors_of({2, 0, 1, 3}), ElementsAre(1, 3, 0, 2));
  EXPECT_THAT(successors_of({0}), ElementsAre(0));
  EXPECT_TRUE(successors_of({}).empty());
}

TEST(Cycle, InOrderFollowsTheAddresses) { EXPECT_THAT(make_cycle(4, Order::kSequential, 1), ElementsAre(1, 2, 3, 0)); }

TEST(Cycle, AtRandomDrawsEveryCycleOfFourAboutEquallyOften) {
  std::map<std::vector<std::uint32_t>, int> seen;  // (4 - 1)! = 6 cycles
  for (std::uint64_t seed = 0; seed < 6000; ++seed) ++seen[make_cycle(4, Order::kRandom, seed)];
  EXPECT_EQ(seen.size(), 6U);
  for (const auto& [cycle, times] : seen) EXPECT_NEAR(times, 1000, 150);
}

TEST(Cycle, AtRandomLeavesFewNeighboursTogether) {
  const auto cycle = make_cycle(100000, Order::kRandom, 3);
  int neighbours = 0;
  for (std::uint32_t i = 0; i < cycle.size(); ++i) neighbours += cycle[i] == i + 1 ? 1 : 0;
  EXPECT_LT(neighbours, 15);  // one is expected
}

TEST(Cycle, OfNothingIsRefused) { EXPECT_THROW(make_cycle(0, Order::kRandom, 1), std::invalid_argument); }

}  // namespace
}  // namespace unitcost::kernels
