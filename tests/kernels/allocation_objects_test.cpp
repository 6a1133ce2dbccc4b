#include "benchmarks/kernels/allocation_objects.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <new>
#include <numeric>
#include <stdexcept>
#include <system_error>
#include <vector>

namespace unitcost::kernels {
namespace {

constexpr std::array<std::uint64_t, 5> kTimes{0, 1, 2, 37, 10'001};

TEST(SumOfTouches, IsThatOfTheNumbersBelow) {
  for (const std::uint64_t times : kTimes) {
    std::uint64_t sum = 0;
    for (std::uint64_t object = 0; object < times; ++object) sum += object;
    EXPECT_EQ(sum_of_touches(times), sum) << times;
  }
}

TEST(Objects, HoldWhatIsWrittenIntoThemHoweverTheyAreMade) {
  for (const std::uint64_t times : kTimes) {
    for (const std::size_t bytes : {16U, 64U, 4096U, 65536U}) {
      EXPECT_EQ(make_automatic(bytes, times), sum_of_touches(times)) << bytes;
      EXPECT_EQ(make_by_alloca(bytes, times), sum_of_touches(times)) << bytes;
    }
    for (const std::size_t bytes : {16U, 17U, 1001U, 65536U, 1U << 20U}) {
      EXPECT_EQ(make_by_malloc(bytes, times), sum_of_touches(times)) << bytes;
      EXPECT_EQ(make_by_new(bytes, times), sum_of_touches(times)) << bytes;
    }
  }
  for (const std::size_t bytes : {16U, 4097U, 1U << 20U}) EXPECT_EQ(make_by_mmap(bytes, 37), sum_of_touches(37));
}

TEST(Objects, OfTheStackHaveTheSizesThatAreSaid) {
  for (std::size_t bytes = kLeastObjectBytes; bytes <= kMostStackBytes; bytes *= 2)
    EXPECT_EQ(make_automatic(bytes, 3), sum_of_touches(3));
  for (const std::size_t bytes : {std::size_t{0}, std::size_t{8}, std::size_t{48}, 2 * kMostStackBytes})
    EXPECT_THROW(make_automatic(bytes, 3), std::invalid_argument) << bytes;
}

TEST(Objects, ThatAreTooLargeAreRefused) {
  constexpr std::size_t kHuge = std::size_t{1} << 62U;
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
  EXPECT_THROW(make_by_malloc(kHuge, 1), std::bad_alloc);
  EXPECT_THROW(make_by_new(kHuge, 1), std::bad_alloc);
#endif
  EXPECT_THROW(make_by_mmap(kHuge, 1), std::system_error);
}

TEST(Arena, IsEmptiedWhenItIsFull) {
  alignas(16) std::array<std::byte, 4096> memory{};
  for (const std::uint64_t times : kTimes) {
    for (const std::size_t bytes : {16U, 48U, 1008U, 4096U})
      EXPECT_EQ(make_in_arena(memory, bytes, times), sum_of_touches(times)) << bytes;
  }
}

TEST(Touch, LeavesTheLastNumberInTheObject) {
  std::uint64_t object = 7;
  EXPECT_EQ(touch_only(&object, 0), 0U);
  EXPECT_EQ(object, 7U);
  EXPECT_EQ(touch_only(&object, 1001), sum_of_touches(1001));
  EXPECT_EQ(object, 1000U);
}

TEST(ManyObjects, AreGivenBackInAnyOrder) {
  for (const std::size_t count : {0U, 1U, 3U, 64U, 257U}) {
    std::vector<std::uint32_t> order(count);
    std::iota(order.begin(), order.end(), 0U);
    std::vector<void*> blocks(count);
    EXPECT_EQ(make_many(blocks, order, 64, 3), sum_of_touches(3 * count)) << "first in, first out";
    std::reverse(order.begin(), order.end());
    EXPECT_EQ(make_many(blocks, order, 1000, 3), sum_of_touches(3 * count)) << "last in, first out";
    EXPECT_EQ(make_many(blocks, order, 64, 0), 0U);
  }
}

}  // namespace
}  // namespace unitcost::kernels
