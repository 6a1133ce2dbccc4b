#include "benchmarks/kernels/allocation_pieces.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

namespace unitcost::kernels {
namespace {

std::vector<int> which_are_left(std::size_t count, Half half) {
  std::vector<void*> blocks(count);
  make_blocks(blocks, 64);
  EXPECT_EQ(std::ranges::count(blocks, nullptr), 0);
  free_half(blocks, half);
  std::vector<int> left;
  for (std::size_t block = 0; block < count; ++block) {
    if (blocks[block] != nullptr) left.push_back(static_cast<int>(block));
  }
  free_blocks(blocks);
  EXPECT_EQ(static_cast<std::size_t>(std::ranges::count(blocks, nullptr)), count);
  return left;
}

TEST(Half, EveryOtherLeavesTheOnesBetween) {
  EXPECT_EQ(which_are_left(0, Half::kEveryOther), (std::vector<int>{}));
  EXPECT_EQ(which_are_left(1, Half::kEveryOther), (std::vector<int>{}));
  EXPECT_EQ(which_are_left(5, Half::kEveryOther), (std::vector<int>{1, 3}));
  EXPECT_EQ(which_are_left(6, Half::kEveryOther), (std::vector<int>{1, 3, 5}));
  EXPECT_EQ(which_are_left(10'000, Half::kEveryOther).size(), 5000U);
}

TEST(Half, LastLeavesTheFirst) {
  EXPECT_EQ(which_are_left(0, Half::kLast), (std::vector<int>{}));
  EXPECT_EQ(which_are_left(1, Half::kLast), (std::vector<int>{0}));
  EXPECT_EQ(which_are_left(5, Half::kLast), (std::vector<int>{0, 1, 2}));
  EXPECT_EQ(which_are_left(6, Half::kLast), (std::vector<int>{0, 1, 2}));
  EXPECT_EQ(which_are_left(10'000, Half::kLast).size(), 5000U);
}

TEST(Stack, IsSeenOnceInEachState) {
  for (const std::uint64_t frames : {0U, 1U, 2U, 7U, 500U}) {
    int half = 0;
    int refilled = 0;
    const std::uint64_t lower = frames / 2;
    EXPECT_EQ(fill_stack(frames, {[&] { ++half; }, [&] { ++refilled; }}), frames + lower / 2) << frames;
    EXPECT_EQ(half, 1);
    EXPECT_EQ(refilled, 1);
  }
}

// What a sanitizer adds to a frame, and where it puts arrays, is its own business.
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)

[[gnu::noinline]] std::uintptr_t here() { return reinterpret_cast<std::uintptr_t>(__builtin_frame_address(0)); }

TEST(Stack, HoldsHalfOfTheFramesAndThenTheLargerOnes) {
  constexpr std::uint64_t kFrames = 400;
  std::uintptr_t half = 0;
  std::uintptr_t refilled = 0;
  const std::uintptr_t top = here();
  fill_stack(kFrames, {[&] { half = here(); }, [&] { refilled = here(); }});
  EXPECT_GE(top - half, kFrames / 2 * kFrameBytes);
  EXPECT_LT(top - half, (kFrames / 2 + 40) * kFrameBytes) << "the others have returned";
  EXPECT_GE(half - refilled, kFrames / 2 * kFrameBytes) << "half as many of twice the size";
}

TEST(Descent, LeavesTheLowestAddressThatItWrote) {
  for (const std::uint64_t frames : {0U, 1U, 2U, 37U, 1000U}) {
    volatile std::uintptr_t lowest = 0;
    const std::uintptr_t top = here();
    EXPECT_EQ(descend(lowest, frames), frames);
    if (frames == 0) {
      EXPECT_EQ(lowest, 0U);
    } else {
      EXPECT_GE(top - lowest, (frames - 1) * kFrameBytes);
      EXPECT_LT(top - lowest, frames * (kFrameBytes + 512) + 4096);
    }
  }
}

#endif

}  // namespace
}  // namespace unitcost::kernels
