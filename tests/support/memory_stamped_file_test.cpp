#include "benchmarks/memory/stamped_file.hpp"

#include <gtest/gtest.h>

#include <array>
#include <memory>
#include <numeric>
#include <set>
#include <stdexcept>
#include <string>
#include <system_error>

namespace unitcost {
namespace {

using kernels::BlockTally;
using kernels::kBlockBytes;
using kernels::Order;

/// Nothing where the tests have no disk to write to.
std::unique_ptr<StampedFile> stamped_file() {
  try {
    return std::make_unique<StampedFile>();
  } catch (const CannotMeasure&) {
    return nullptr;
  }
}

TEST(StampedFile, KnowsWhatAPassFinds) {
  const auto stamped = stamped_file();
  if (!stamped) GTEST_SKIP() << "no disk here";
  std::array<std::byte, kBlockBytes> buffer{};
  Tour tour(Order::kRandom);
  const Blocks blocks = tour.next(128);
  const BlockTally tally = kernels::read_blocks(stamped->file().descriptor(), blocks, buffer);
  EXPECT_NO_THROW(stamped->check_read(tally, blocks));
  EXPECT_NO_THROW(stamped->check_touched(kernels::touch_blocks(stamped->file().mapped(), blocks), blocks));
  EXPECT_THROW(stamped->check_touched(tally, blocks), std::runtime_error) << "other words";
  EXPECT_THROW(stamped->check_read(tally, tour.next(128)), std::runtime_error) << "other blocks";
  EXPECT_THROW(stamped->check_read({tally.blocks - 1, tally.sum, 0}, blocks), std::runtime_error) << "one is missing";
}

TEST(StampedFile, TellsAFullDiskFromABrokenOne) {
  const auto stamped = stamped_file();
  if (!stamped) GTEST_SKIP() << "no disk here";
  EXPECT_THROW(stamped->check_read({0, 0, ENOSPC}, {}), CannotMeasure);
  EXPECT_THROW(stamped->check_read({0, 0, EIO}, {}), std::system_error);
}

TEST(StampedFile, RemembersWhatWasWritten) {
  const auto stamped = stamped_file();
  if (!stamped) GTEST_SKIP() << "no disk here";
  std::array<std::byte, kBlockBytes> buffer{};
  const std::array<std::uint32_t, 3> blocks{5, kFileBlocks - 1, 0};
  const auto read = [&] { return kernels::read_blocks(stamped->file().descriptor(), blocks, buffer); };
  EXPECT_THROW(stamped->check_written(read(), blocks, 77), std::runtime_error) << "nothing was written";
  const BlockTally tally = kernels::write_blocks(stamped->file().descriptor(), blocks, buffer, 77, false);
  EXPECT_NO_THROW(stamped->check_written(tally, blocks, 77));
  EXPECT_NO_THROW(stamped->check_read(read(), blocks));
}

TEST(Tour, GoesThroughTheWholeFileInOrder) {
  Tour tour(Order::kSequential);
  const Blocks blocks = tour.next(kFileBlocks);
  for (std::uint32_t i = 0; i < kFileBlocks; ++i) ASSERT_EQ(blocks[i], i);
}

TEST(Tour, VisitsEveryBlockOnceBeforeItBeginsAnew) {
  for (const Order order : {Order::kSequential, Order::kRandom}) {
    constexpr std::size_t kSlice = 1024;
    Tour tour(order);
    tour.skip_to(12345, kSlice);
    std::set<std::uint32_t> seen;
    const Blocks first = tour.next(kSlice);
    seen.insert(first.begin(), first.end());
    for (std::size_t slice = 1; slice < kFileBlocks / kSlice; ++slice) {
      const Blocks blocks = tour.next(kSlice);
      seen.insert(blocks.begin(), blocks.end());
    }
    EXPECT_EQ(seen.size(), kFileBlocks);
    EXPECT_EQ(tour.next(kSlice).data(), first.data());
  }
}

}  // namespace
}  // namespace unitcost
