#include "benchmarks/kernels/memory_blocks.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <numeric>
#include <string>
#include <vector>

namespace unitcost::kernels {
namespace {

using Block = std::array<std::byte, kBlockBytes>;

/// An empty file without a name, in the folder of the tests.
class Nameless {
 public:
  Nameless() : descriptor_(mkstemp(path_.data())) {
    if (descriptor_ >= 0) unlink(path_.c_str());
  }
  ~Nameless() { close(descriptor_); }
  Nameless(const Nameless&) = delete;
  Nameless& operator=(const Nameless&) = delete;
  [[nodiscard]] int descriptor() const { return descriptor_; }

 private:
  std::string path_ = ::testing::TempDir() + "blocks-XXXXXX";
  int descriptor_;
};

std::vector<std::uint32_t> backwards(std::uint32_t count) {
  std::vector<std::uint32_t> order(count);
  std::iota(order.rbegin(), order.rend(), 0U);
  return order;
}

std::uint64_t sum_of(const std::vector<std::uint32_t>& order, std::uint64_t stamp,
                     std::uint64_t (*words)(std::uint64_t, std::uint64_t)) {
  return std::accumulate(order.begin(), order.end(), std::uint64_t{0},
                         [&](std::uint64_t sum, std::uint32_t index) { return join(sum, words(index, stamp)); });
}

TEST(Block, IsKnownByEveryByteItsPlaceAndItsStamp) {
  Block block{};
  fill_block(block, 7, 42);
  EXPECT_TRUE(is_block(block, 7, 42));
  EXPECT_FALSE(is_block(block, 8, 42));
  EXPECT_FALSE(is_block(block, 7, 43));
  for (const std::size_t at : {std::size_t{0}, std::size_t{1}, kBlockBytes / 2, kBlockBytes - 1}) {
    Block changed = block;
    changed[at] ^= std::byte{1};
    EXPECT_FALSE(is_block(changed, 7, 42)) << at;
  }
}

TEST(Blocks, AreReadAsTheyWereWritten) {
  for (const std::uint32_t count : {0U, 1U, 3U, 64U, 1025U}) {
    const Nameless file;
    ASSERT_GE(file.descriptor(), 0);
    const auto order = backwards(count);
    Block block{};
    const BlockTally written = write_blocks(file.descriptor(), order, block, 5, false);
    EXPECT_EQ(written.error, 0);
    EXPECT_EQ(written.blocks, count);
    const BlockTally read = read_blocks(file.descriptor(), order, block);
    EXPECT_EQ(read.error, 0);
    EXPECT_EQ(read.blocks, count);
    EXPECT_EQ(read.sum, sum_of(order, 5, words_read)) << count;
    EXPECT_EQ(written.sum, read.sum);
  }
}

TEST(Blocks, ThatWereNotWrittenAddUpToSomethingElse) {
  const Nameless file;
  const auto order = backwards(33);
  Block block{};
  ASSERT_EQ(write_blocks(file.descriptor(), order, block, 5, true).error, 0);
  const auto one = std::vector<std::uint32_t>{17};
  ASSERT_EQ(write_blocks(file.descriptor(), one, block, 6, true).error, 0);
  EXPECT_NE(read_blocks(file.descriptor(), order, block).sum, sum_of(order, 5, words_read));
}

TEST(Blocks, BeyondTheEndAreAnError) {
  const Nameless file;
  Block block{};
  const auto order = backwards(4);
  ASSERT_EQ(write_blocks(file.descriptor(), order, block, 1, false).error, 0);
  const BlockTally read = read_blocks(file.descriptor(), backwards(5), block);  // its first is the one that is missing
  EXPECT_EQ(read.error, EIO);
  EXPECT_EQ(read.blocks, 0U);
}

TEST(Blocks, OfNoFileAreTheErrorOfTheCall) {
  Block block{};
  EXPECT_EQ(read_blocks(-1, backwards(2), block).error, EBADF);
  EXPECT_EQ(write_blocks(-1, backwards(2), block, 1, false).error, EBADF);
}

TEST(Blocks, InMemoryAreTouchedOnceEachInALineOfTheirOwn) {
  for (const std::uint32_t count : {0U, 1U, 3U, 65U, 1025U}) {
    std::vector<Block> memory(count);
    for (std::uint32_t i = 0; i < count; ++i) fill_block(memory[i], i, 9);
    const auto order = backwards(count);
    const auto bytes = std::as_bytes(std::span(memory));
    const BlockTally touched = touch_blocks(bytes, order);
    EXPECT_EQ(touched.blocks, count);
    EXPECT_EQ(touched.sum, sum_of(order, 9, word_touched)) << count;
    if (count > 1) {
      std::swap(memory[0], memory[1]);
      EXPECT_NE(touch_blocks(bytes, order).sum, touched.sum);
    }
  }
}

}  // namespace
}  // namespace unitcost::kernels
