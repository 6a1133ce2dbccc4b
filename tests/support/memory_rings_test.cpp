#include "benchmarks/memory/rings.hpp"

#include <gtest/gtest.h>

namespace unitcost {
namespace {

using kernels::Order;

TEST(RingSlot, LinksSmallRingsAnewInTheSamePages) {
  RingSlot slot;
  const RingSpec spec{64 * kKiB, Order::kRandom, Pages::kBase};
  const auto& first = slot.ready(spec);
  const auto* pages = first.memory.bytes().data();
  const auto visits = first.visits;
  const auto& second = slot.ready(spec);
  EXPECT_EQ(second.memory.bytes().data(), pages);
  EXPECT_NE(second.visits, visits);
}

TEST(RingSlot, KeepsALargeRingAndWhereItsWalkStopped) {
  RingSlot slot;
  const RingSpec spec{2 * kMiB, Order::kRandom, Pages::kBase};
  auto& first = slot.ready(spec);
  first.at = kernels::walk(first.at, 17);
  const auto* stopped = first.at;
  EXPECT_EQ(slot.ready(spec).at, stopped);
  EXPECT_TRUE(slot.ready(spec).ring.is_full_cycle());
}

TEST(RingSlot, BuildsWhatIsAskedForNext) {
  RingSlot slot;
  slot.ready({4 * kKiB, Order::kSequential, Pages::kBase});
  const auto& next = slot.ready({2 * kMiB, Order::kSequential, Pages::kBase});
  EXPECT_EQ(next.ring.nodes().size_bytes(), 2 * kMiB);
}

TEST(RingSlot, LinksByStride) {
  RingSlot slot;
  const auto& ready = slot.ready({2 * kMiB, Order::kSequential, Pages::kBase, 4 * kKiB});
  EXPECT_EQ(kernels::walk(ready.at, 1), ready.at + 64);
}

TEST(RingSlot, LinksElementsOfEightBytes) {
  LinkSlot slot;
  const auto& ready = slot.ready({16 * kKiB, Order::kRandom, Pages::kBase});
  EXPECT_EQ(ready.ring.nodes().size(), 2048U);
  EXPECT_EQ(kernels::walk(ready.at, 2048), ready.at);
  EXPECT_NE(kernels::walk(ready.at, 1024), ready.at);
}

TEST(Settle, EndsOnTheRingThatItWalks) {
  RingSlot slot;
  for (const std::uint64_t bytes : {kKiB, 64 * kKiB, 16 * kMiB}) {
    const auto& ready = slot.ready({bytes, Order::kRandom, Pages::kBase});
    const auto* at = settle(ready.at, ready.ring.nodes());
    EXPECT_GE(at, ready.ring.nodes().data());
    EXPECT_LT(at, ready.ring.nodes().data() + ready.ring.nodes().size());
    EXPECT_TRUE(ready.ring.follows(ready.visits));
  }
}

TEST(RingSlot, StaysInsideOfItsMemory) {
  RingSlot slot;
  for (int draw = 0; draw < 50; ++draw) {
    const auto& ring = slot.ready({768 * kKiB, Order::kRandom, Pages::kBase});
    const auto* memory = ring.memory.bytes().data();
    const auto* begin = reinterpret_cast<const std::byte*>(ring.ring.nodes().data());
    EXPECT_GE(begin, memory);
    EXPECT_LE(begin + ring.ring.nodes().size_bytes(), memory + ring.memory.bytes().size());
  }
}

TEST(RingSlot, RefusesWhatTheMachineHasNoMemoryFor) {
  RingSlot slot;
  if (!available_bytes()) GTEST_SKIP() << "this machine does not say what is available";
  EXPECT_THROW(slot.ready({std::uint64_t{1} << 46U, Order::kRandom, Pages::kBase}), CannotMeasure);
}

}  // namespace
}  // namespace unitcost
