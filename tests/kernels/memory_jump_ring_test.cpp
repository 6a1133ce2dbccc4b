#include "benchmarks/kernels/memory_jump_ring.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <cstdlib>
#include <numeric>
#include <set>

namespace unitcost::kernels {
namespace {

/// Memory for a ring, aligned to a line.
class Room {
 public:
  explicit Room(std::size_t lines) : lines_(lines) {}
  std::span<std::byte> bytes() { return std::as_writable_bytes(std::span(lines_)); }

 private:
  std::vector<Line> lines_;
};

class JumpRingOf : public testing::TestWithParam<unsigned> {
 protected:
  [[nodiscard]] std::size_t count() const { return std::size_t{1} << GetParam(); }
};

TEST_P(JumpRingOf, VisitsEveryLineOnceAndReturns) {
  for (const std::uint64_t seed : {0U, 1U, 2U, 77U}) {
    Room room(count());
    const auto ring = JumpRing::link(room.bytes(), seed);
    ASSERT_EQ(ring.lines().size(), count());
    std::vector<bool> seen(count());
    const Line* at = ring.after(0);
    for (std::size_t step = 0; step < count(); ++step) {
      ASSERT_FALSE(seen[at->index]) << "after " << step << " steps";
      ASSERT_EQ(at, &ring.lines()[at->index]);
      seen[at->index] = true;
      at = walk(at, 1);
    }
    EXPECT_EQ(at, ring.after(0));
  }
}

TEST_P(JumpRingOf, KnowsWhereEveryWalkEnds) {
  Room room(count());
  const auto ring = JumpRing::link(room.bytes(), 5);
  const Line* at = ring.after(0);
  for (std::uint64_t steps = 0; steps < std::min<std::size_t>(3 * count(), 300); ++steps) {
    EXPECT_EQ(ring.after(steps), at) << steps << " steps";
    at = walk(at, 1);
  }
  EXPECT_EQ(ring.after(12'345), walk(ring.after(0), 12'345));
  EXPECT_EQ(ring.after(count() + 17), ring.after(17)) << "it goes round";
}

INSTANTIATE_TEST_SUITE_P(AllSizes, JumpRingOf, testing::Values(0U, 1U, 2U, 3U, 4U, 5U, 8U, 11U, 16U));

TEST(JumpRing, IsDrawnByTheSeed) {
  constexpr std::size_t kCount = 1024;
  const auto order_of = [](std::uint64_t seed) {
    Room room(kCount);
    const auto ring = JumpRing::link(room.bytes(), seed);
    std::vector<std::uint64_t> order;
    for (std::uint64_t step = 0; step < kCount; ++step) order.push_back(ring.after(step)->index);
    return order;
  };
  EXPECT_EQ(order_of(1), order_of(1));
  EXPECT_NE(order_of(1), order_of(2));
}

// What a prefetcher could use: neighbours that follow each other, and distances that come again.
TEST(JumpRing, IsNoPatternThatAPrefetcherCouldFollow) {
  constexpr std::size_t kCount = std::size_t{1} << 16;
  Room room(kCount);
  const auto ring = JumpRing::link(room.bytes(), 3);
  std::set<std::ptrdiff_t> distances;
  std::size_t near = 0;
  for (const Line& line : ring.lines()) {
    const std::ptrdiff_t distance = line.next - &line;
    distances.insert(distance);
    near += std::abs(distance) <= 32 ? 1U : 0U;
  }
  EXPECT_LT(near, 256U) << "within two KiB, about 64 of 65536 lie by chance";
  EXPECT_GT(distances.size(), kCount / 4) << "of at most 131071 distances, 65536 draws hit some 50000";
}

TEST(JumpRing, GoesEverywhereEvenInAShortWalk) {
  constexpr std::size_t kCount = std::size_t{1} << 16;
  constexpr std::size_t kParts = 64;
  Room room(kCount);
  const auto ring = JumpRing::link(room.bytes(), 9);
  std::vector<int> visits(kParts);
  for (std::uint64_t step = 0; step < 6400; ++step) ++visits[ring.after(step)->index / (kCount / kParts)];
  for (const int count : visits) EXPECT_NEAR(count, 100, 60);  // six standard deviations
}

TEST(JumpRing, RefusesWhatItCannotLink) {
  Room room(8);
  EXPECT_THROW(JumpRing::link({}, 1), std::invalid_argument);
  EXPECT_THROW(JumpRing::link(room.bytes().first(3 * kLineBytes), 1), std::invalid_argument);
  EXPECT_THROW(JumpRing::link(room.bytes().first(kLineBytes + 8), 1), std::invalid_argument);
  EXPECT_THROW(JumpRing::link(room.bytes().subspan(8, kLineBytes), 1), std::invalid_argument);
}

TEST(Shuffle, CanBeUndone) {
  for (const unsigned bits : {0U, 1U, 2U, 5U, 13U, 22U, 31U, 32U}) {
    const Shuffle shuffle(bits, bits);
    const std::uint64_t count = std::uint64_t{1} << bits;
    for (std::uint64_t number = 0; number < count; number += 1 + count / 1000) {
      EXPECT_LT(shuffle.place_of(number), count);
      EXPECT_EQ(shuffle.number_at(shuffle.place_of(number)), number) << bits << " bits";
    }
  }
}

TEST(Shuffle, HasEveryPositionOnce) {
  for (const unsigned bits : {0U, 1U, 7U, 16U}) {
    auto positions = shuffled_positions(bits, 3);
    std::sort(positions.begin(), positions.end());
    std::vector<std::uint32_t> all(std::size_t{1} << bits);
    std::iota(all.begin(), all.end(), 0U);
    EXPECT_EQ(positions, all);
  }
  EXPECT_NE(shuffled_positions(16, 3), shuffled_positions(16, 4));
}

}  // namespace
}  // namespace unitcost::kernels
