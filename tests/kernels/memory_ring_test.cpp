#include "benchmarks/kernels/memory_ring.hpp"

#include <gmock/gmock.h>

#include <map>
#include <set>

namespace unitcost::kernels {
namespace {

/// Memory for a ring, aligned to a line.
class Room {
 public:
  explicit Room(std::size_t lines) : lines_(lines + 1) {}
  std::span<std::byte> bytes() { return std::as_writable_bytes(std::span(lines_)); }

 private:
  std::vector<Line> lines_;
};

std::vector<std::uint64_t> visited(const LineRing& ring) {
  std::vector<std::uint64_t> indices;
  const Line* at = ring.start();
  for (std::size_t step = 0; step < ring.lines().size(); ++step) {
    indices.push_back(at->index);
    at = walk(at, 1);
  }
  EXPECT_EQ(at, ring.start());
  return indices;
}

class RingOfEachOrder : public testing::TestWithParam<std::tuple<Order, std::uint32_t>> {};

TEST_P(RingOfEachOrder, VisitsEveryLineOnceAndReturns) {
  const auto [order, count] = GetParam();
  Room room(count);
  const auto ring = LineRing::link(room.bytes(), make_cycle(count, order, 5));
  ASSERT_EQ(ring.lines().size(), count);
  EXPECT_TRUE(ring.is_full_cycle());
  const auto indices = visited(ring);
  EXPECT_EQ(std::set(indices.begin(), indices.end()).size(), count);
}

TEST_P(RingOfEachOrder, WalkOfManyStepsIsThatManySingleSteps) {
  const auto [order, count] = GetParam();
  Room room(count);
  const auto ring = LineRing::link(room.bytes(), make_cycle(count, order, 6));
  const Line* one_by_one = ring.start();
  for (std::uint64_t steps = 0; steps < 70; ++steps) {
    EXPECT_EQ(walk(ring.start(), steps), one_by_one) << steps << " steps";
    one_by_one = one_by_one->next;
  }
  EXPECT_EQ(walk(ring.start(), std::uint64_t{3} * count), ring.start());
}

TEST_P(RingOfEachOrder, SumAddsEveryLineOnceARoundFromWhereverItBegins) {
  const auto [order, count] = GetParam();
  Room room(count);
  const auto positions = make_cycle(count, order, 7);
  const auto ring = LineRing::link(room.bytes(), positions);
  const std::uint64_t round = std::uint64_t{count} * (count - 1) / 2;
  EXPECT_EQ(sum(ring.lines(), positions, 0, 0), 0U);
  EXPECT_EQ(sum(ring.lines(), positions, 0, 1), positions.front());
  EXPECT_EQ(sum(ring.lines(), positions, 0, count), round);
  EXPECT_EQ(sum(ring.lines(), positions, count / 2, std::uint64_t{2} * count), 2 * round);
  EXPECT_EQ(sum(ring.lines(), positions, count - 1, 1), positions.back());
}

INSTANTIATE_TEST_SUITE_P(AllSizes, RingOfEachOrder,
                         testing::Combine(testing::Values(Order::kSequential, Order::kRandom),
                                          testing::Values(1U, 2U, 3U, 33U, 64U, 255U, 256U, 257U, 1001U, 65536U,
                                                          99991U)));

TEST(Ring, InOrderFollowsTheAddresses) {
  EXPECT_THAT(make_cycle(4, Order::kSequential, 1), testing::ElementsAre(1, 2, 3, 0));
}

TEST(Ring, AtRandomIsDrawnByTheSeed) {
  EXPECT_EQ(make_cycle(1000, Order::kRandom, 1), make_cycle(1000, Order::kRandom, 1));
  EXPECT_NE(make_cycle(1000, Order::kRandom, 1), make_cycle(1000, Order::kRandom, 2));
}

TEST(Ring, AtRandomDrawsEveryCycleOfFourLinesAboutEquallyOften) {
  std::map<std::vector<std::uint32_t>, int> seen;  // (4 - 1)! = 6 cycles
  for (std::uint64_t seed = 0; seed < 6000; ++seed) ++seen[make_cycle(4, Order::kRandom, seed)];
  EXPECT_EQ(seen.size(), 6U);
  for (const auto& [cycle, times] : seen) EXPECT_NEAR(times, 1000, 150);  // 5 standard deviations
}

TEST(Ring, AtRandomLeavesFewNeighboursTogether) {
  const auto cycle = make_cycle(100000, Order::kRandom, 3);
  int neighbours = 0;
  for (std::uint32_t i = 0; i < cycle.size(); ++i) neighbours += cycle[i] == i + 1 ? 1 : 0;
  EXPECT_LT(neighbours, 15);  // one is expected
}

TEST(Ring, OfTwoCyclesIsNotFull) {
  for (const std::uint32_t count : {4U, 1000U, 70000U}) {
    auto successor = make_cycle(count, Order::kRandom, 9);
    std::swap(successor[0], successor[count / 2]);  // splits one cycle in two
    Room room(count);
    EXPECT_FALSE(LineRing::link(room.bytes(), successor).is_full_cycle()) << count;
  }
}

TEST(Ring, ThatLeavesASmallCycleWithoutPostsIsNotFull) {
  constexpr std::uint32_t kCount = 70000;
  auto successor = make_cycle(kCount, Order::kSequential, 0);
  successor[1000] = 1003;  // 1001 and 1002 go round by themselves
  successor[1002] = 1001;
  Room room(kCount);
  EXPECT_FALSE(LineRing::link(room.bytes(), successor).is_full_cycle());
}

TEST(Ring, ThatRunsIntoItselfIsNotFull) {
  auto successor = make_cycle(5000, Order::kSequential, 0);
  successor[4999] = 17;
  Room room(5000);
  EXPECT_FALSE(LineRing::link(room.bytes(), successor).is_full_cycle());
}

TEST(Ring, RefusesWhatItCannotLink) {
  EXPECT_THROW(make_cycle(0, Order::kRandom, 1), std::invalid_argument);
  Room room(4);
  const std::vector<std::uint32_t> none;
  EXPECT_THROW(LineRing::link(room.bytes(), none), std::invalid_argument);
  EXPECT_THROW(LineRing::link(room.bytes().first(3 * kLineBytes), make_cycle(4, Order::kRandom, 1)),
               std::invalid_argument);
  EXPECT_THROW(LineRing::link(room.bytes().subspan(8), make_cycle(4, Order::kRandom, 1)), std::invalid_argument);
}

TEST(Sum, OfNothingIsZero) { EXPECT_EQ(sum({}, {}, 0, 0), 0U); }

}  // namespace
}  // namespace unitcost::kernels
