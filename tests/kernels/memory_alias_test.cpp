#include "benchmarks/kernels/memory_alias.hpp"

#include <gtest/gtest.h>

#include <span>
#include <vector>

namespace unitcost::kernels {
namespace {

TEST(WalkStoring, GoesWhereTheWalkGoes) {
  for (const std::uint32_t count : {1U, 3U, 32U, 1001U}) {
    std::vector<Line> room(2 * std::size_t{count});
    const auto memory = std::as_writable_bytes(std::span(room));
    const auto ring = LineRing::link(memory.first(memory.size() / 2), make_cycle(count, Order::kRandom, 5));
    const auto shift_bytes = static_cast<std::ptrdiff_t>(count * kLineBytes);
    for (const std::uint64_t steps : {0U, 1U, 3U, 4U, 5U, 1024U})
      EXPECT_EQ(walk_storing(ring.start(), shift_bytes, steps), walk(ring.start(), steps)) << count << ' ' << steps;
    EXPECT_TRUE(ring.is_full_cycle());
  }
}

TEST(WalkStoring, StoresOnceForEachNodeThatItLoads) {
  constexpr std::uint32_t kCount = 33;
  constexpr auto kShiftBytes = static_cast<std::ptrdiff_t>(kCount * kLineBytes);
  std::vector<Line> room(std::size_t{2} * kCount);
  const auto memory = std::as_writable_bytes(std::span(room));
  const auto ring = LineRing::link(memory.first(memory.size() / 2), make_cycle(kCount, Order::kRandom, 6));
  const Line* at = ring.start();
  for (std::uint32_t step = 0; step < kCount; ++step) {
    EXPECT_EQ(stored_for(at, kShiftBytes), nullptr);
    const Line* next = walk_storing(at, kShiftBytes, 1);
    EXPECT_EQ(stored_for(at, kShiftBytes), at);
    at = next;
  }
}

}  // namespace
}  // namespace unitcost::kernels
