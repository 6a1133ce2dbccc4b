#include "benchmarks/memory/rings.hpp"

#include <gtest/gtest.h>

namespace unitcost {
namespace {

using kernels::Order;

TEST(RingSlot, LinksSmallRingsAnewInTheSamePages) {
  RingSlot slot;
  const RingSpec spec{64 * kKiB, Order::kRandom, Pages::kBase};
  const Ring& first = slot.ready(spec);
  const auto* pages = first.memory.bytes().data();
  const auto successor = first.successor;
  const Ring& second = slot.ready(spec);
  EXPECT_EQ(second.memory.bytes().data(), pages);
  EXPECT_NE(second.successor, successor);
}

TEST(RingSlot, KeepsALargeRingAndWhereItsWalkStopped) {
  RingSlot slot;
  const RingSpec spec{2 * kMiB, Order::kRandom, Pages::kBase};
  Ring& first = slot.ready(spec);
  first.at = kernels::walk(first.at, 17);
  const auto* stopped = first.at;
  EXPECT_EQ(slot.ready(spec).at, stopped);
  EXPECT_TRUE(slot.ready(spec).ring.is_full_cycle());
}

TEST(RingSlot, BuildsWhatIsAskedForNext) {
  RingSlot slot;
  slot.ready({4 * kKiB, Order::kSequential, Pages::kBase});
  const Ring& next = slot.ready({2 * kMiB, Order::kSequential, Pages::kBase});
  EXPECT_EQ(next.ring.lines().size_bytes(), 2 * kMiB);
}

TEST(RingSlot, StaysInsideOfItsMemory) {
  RingSlot slot;
  for (int draw = 0; draw < 50; ++draw) {
    const Ring& ring = slot.ready({768 * kKiB, Order::kRandom, Pages::kBase});
    const auto* memory = ring.memory.bytes().data();
    const auto* begin = reinterpret_cast<const std::byte*>(ring.ring.lines().data());
    EXPECT_GE(begin, memory);
    EXPECT_LE(begin + ring.ring.lines().size_bytes(), memory + ring.memory.bytes().size());
  }
}

TEST(RingSlot, RefusesWhatTheMachineHasNoMemoryFor) {
  RingSlot slot;
  if (!available_bytes()) GTEST_SKIP() << "this machine does not say what is available";
  EXPECT_THROW(slot.ready({std::uint64_t{1} << 46U, Order::kRandom, Pages::kBase}), CannotMeasure);
}

}  // namespace
}  // namespace unitcost
