#include "benchmarks/memory/page_ring.hpp"

#include <gtest/gtest.h>

#include <cstddef>
#include <set>

namespace unitcost {
namespace {

std::size_t offset_of(const PageRing& ring) {
  return static_cast<std::size_t>(reinterpret_cast<const std::byte*>(ring.at) - ring.memory.bytes().data());
}

TEST(PageRingSlot, PutsASmallRingIntoOtherPagesOfTheSameMemoryEachTime) {
  PageRingSlot slot;
  const auto* memory = slot.ready(64, Pages::kBase).memory.bytes().data();
  std::set<std::size_t> first_pages;
  for (int repetition = 0; repetition < 40; ++repetition) {
    const PageRing& ring = slot.ready(64, Pages::kBase);
    EXPECT_EQ(ring.memory.bytes().data(), memory);
    EXPECT_TRUE(kernels::is_cycle_of(ring.at, 64));
    first_pages.insert(offset_of(ring) / kBasePageBytes);
  }
  EXPECT_GT(first_pages.size(), 1U);
}

TEST(PageRingSlot, StaysInsideOfItsMemoryUpToTheLargestSmallRing) {
  PageRingSlot slot;
  for (int repetition = 0; repetition < 40; ++repetition) {
    const PageRing& ring = slot.ready(255, Pages::kBase);
    ASSERT_TRUE(kernels::is_cycle_of(ring.at, 255));
    const auto* at = ring.at;
    for (int step = 0; step < 255; ++step, at = kernels::walk(at, 1)) {
      const auto* byte = reinterpret_cast<const std::byte*>(at);
      EXPECT_GE(byte, ring.memory.bytes().data());
      EXPECT_LE(byte + sizeof(kernels::Line), ring.memory.bytes().data() + ring.memory.bytes().size());
    }
  }
}

TEST(PageRingSlot, KeepsALargeRingAndWhereItsWalkStopped) {
  PageRingSlot slot;
  PageRing& first = slot.ready(256, Pages::kBase);
  first.at = kernels::walk(first.at, 17);
  const auto* stopped = first.at;
  EXPECT_EQ(slot.ready(256, Pages::kBase).at, stopped);
}

TEST(PageRingSlot, BuildsWhatIsAskedForNext) {
  PageRingSlot slot;
  slot.ready(4, Pages::kBase);
  EXPECT_TRUE(kernels::is_cycle_of(slot.ready(512, Pages::kBase).at, 512));
  EXPECT_TRUE(kernels::is_cycle_of(slot.ready(1, Pages::kBase).at, 1));
}

}  // namespace
}  // namespace unitcost
