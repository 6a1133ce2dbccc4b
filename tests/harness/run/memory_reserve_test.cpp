#include "harness/run/memory_reserve.hpp"

#include <gtest/gtest.h>

namespace unitcost {
namespace {

constexpr std::uint64_t kChunk = MemoryReserve::kChunkBytes;
constexpr std::uint64_t kMiB = std::uint64_t{1} << 20U;

PlannedCase planned(const std::string& name, std::uint64_t memory_bytes, const std::string& dropped = "") {
  PlannedCase planned;
  planned.name = name;
  planned.memory_bytes = memory_bytes;
  planned.dropped = dropped;
  return planned;
}

TEST(MemoryReserve, HoldsWhatTheLargestBlockGaveBack) {
  MemoryReserve reserve(4 * kChunk);
  EXPECT_EQ(reserve.held_bytes(), 0U) << "nothing was given back yet";
  reserve.take_back(2 * kChunk);
  EXPECT_EQ(reserve.held_bytes(), 2 * kChunk);
  reserve.take_back(kChunk);
  EXPECT_EQ(reserve.held_bytes(), 2 * kChunk) << "a smaller block leaves the rest held";
}

TEST(MemoryReserve, WithABlockNeverMoreThanItsMostIsInUse) {
  const std::uint64_t most = 3 * kChunk;
  MemoryReserve reserve(most);
  reserve.take_back(most);
  for (const std::uint64_t bytes : {std::uint64_t{1}, kChunk, kChunk + 1, 2 * kChunk, most}) {
    reserve.let_go(bytes);
    EXPECT_LE(reserve.held_bytes() + bytes, most) << bytes;
    reserve.take_back(bytes);
    EXPECT_EQ(reserve.held_bytes(), most) << bytes;
  }
}

TEST(MemoryReserve, ABlockOfNothingLeavesItAlone) {
  MemoryReserve reserve(2 * kChunk);
  reserve.take_back(2 * kChunk);
  reserve.let_go(0);
  EXPECT_EQ(reserve.held_bytes(), 2 * kChunk);
}

TEST(MemoryReserve, ABlockBeyondItsMostFindsNothingHeld) {
  MemoryReserve reserve(2 * kChunk);
  reserve.take_back(2 * kChunk);
  reserve.let_go(std::uint64_t{1} << 40U);
  EXPECT_EQ(reserve.held_bytes(), 0U);
}

TEST(MemoryReserve, WithoutABoundAboveZeroItHoldsNothing) {
  MemoryReserve reserve(0);
  reserve.take_back(std::uint64_t{1} << 30U);
  EXPECT_EQ(reserve.held_bytes(), 0U);
}

TEST(MemoryReserve, OnlyLargeBlocksOnHugePagesAreWorthHolding) {
  EXPECT_EQ(worth_holding_bytes(planned("walk/page:huge/bytes:268435456", 300 * kMiB)), 300 * kMiB);
  EXPECT_EQ(worth_holding_bytes(planned("walk/page:base/bytes:268435456", 300 * kMiB)), 0U);
  EXPECT_EQ(worth_holding_bytes(planned("walk/page:huge/bytes:65536", 16 * kMiB)), 0U);
  EXPECT_EQ(worth_holding_bytes(planned("walk/page:huge/bytes:268435456", 300 * kMiB, "too large")), 0U);
}

TEST(MemoryReserve, LeavesHalfOfTheFreeMemoryAloneWhateverRuns) {
  Plan plan;
  plan.cases = {planned("walk/page:huge/bytes:1", 300 * kMiB), planned("walk/page:base/bytes:1", 500 * kMiB),
                planned("walk/page:huge/bytes:2", 900 * kMiB, "too large")};
  EXPECT_EQ(most_held_bytes(plan, 4000 * kMiB), 300 * kMiB);
  EXPECT_EQ(most_held_bytes(plan, 1400 * kMiB), 200 * kMiB);
  EXPECT_EQ(most_held_bytes(plan, 800 * kMiB), 0U);
  EXPECT_EQ(most_held_bytes({}, 800 * kMiB), 0U);
}

}  // namespace
}  // namespace unitcost
