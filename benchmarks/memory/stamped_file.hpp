#pragma once
// A file on a disk whose every block is known, and the orders in which blocks are visited.
#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <span>
#include <stdexcept>
#include <system_error>
#include <vector>

#include <unistd.h>

#include "benchmarks/kernels/memory_blocks.hpp"
#include "benchmarks/kernels/memory_ring.hpp"
#include "benchmarks/support/case.hpp"
#include "benchmarks/support/disk_file.hpp"
#include "benchmarks/support/placement.hpp"
#include "benchmarks/support/room.hpp"
#include "benchmarks/support/sizes.hpp"

namespace unitcost {

using Blocks = std::span<const std::uint32_t>;
using BlockBuffer = std::span<std::byte, kernels::kBlockBytes>;

/// Larger than the first two caches of any processor, and written in some 20 ms to a disk of today.
constexpr std::uint64_t kFileBytes = 16 * kMiB;
constexpr std::uint32_t kFileBlocks = kFileBytes / kernels::kBlockBytes;

inline void check_call(int error, const char* what) {
  if (error == 0) return;
  if (error == ENOSPC || error == EDQUOT) throw CannotMeasure("the disk is full");
  throw std::system_error(error, std::generic_category(), what);
}

/// Owns the file and knows the stamp of each block. Its blocks are on the device when it is made.
class StampedFile {
 public:
  /// Throws CannotMeasure where there is no room on a disk or in memory, or where the kernel does not evict the file.
  StampedFile() : file_(granted()), stamps_(kFileBlocks, next_draw()) {
    write_all();
    file_.sync();
    file_.evict();
    compare_some();
  }

  [[nodiscard]] DiskFile& file() { return file_; }

  /// What read_blocks() and touch_blocks() find in these blocks. Throws std::runtime_error when it is something else, check_call() for their error.
  void check_read(const kernels::BlockTally& tally, Blocks blocks) const { check(tally, blocks, kernels::words_read); }
  void check_touched(const kernels::BlockTally& tally, Blocks blocks) const {
    check(tally, blocks, kernels::word_touched);
  }

  /// Remembers that the blocks were written under another stamp. Throws when they were not.
  void check_written(const kernels::BlockTally& tally, Blocks blocks, std::uint64_t stamp) {
    for (const std::uint32_t block : blocks) stamps_[block] = stamp;
    check(tally, blocks, kernels::words_read);
  }

 private:
  static DiskFile granted() {
    need_memory(2 * kFileBytes);
    return DiskFile::create(kFileBytes);
  }

  void write_all() const {
    constexpr std::uint32_t kPerChunk = kMiB / kernels::kBlockBytes;
    const PlacedBuffer chunk(kMiB, next_draw());
    for (std::uint32_t first = 0; first < kFileBlocks; first += kPerChunk) {
      for (std::uint32_t i = 0; i < kPerChunk; ++i) {
        const auto block = chunk.bytes().subspan(i * kernels::kBlockBytes).first<kernels::kBlockBytes>();
        kernels::fill_block(block, first + i, stamps_[first + i]);
      }
      const ssize_t done = pwrite(file_.descriptor(), chunk.bytes().data(), kMiB,
                                  static_cast<off_t>(first) * static_cast<off_t>(kernels::kBlockBytes));
      check_call(done < 0 ? errno : 0, "pwrite");
      if (static_cast<std::uint64_t>(done) != kMiB) throw CannotMeasure("the disk is full");
    }
  }

  /// Every byte of one block of 64; the passes look at two words of each block that they read.
  void compare_some() const {
    const PlacedBuffer buffer(kernels::kBlockBytes, next_draw());
    const auto block = buffer.bytes().first<kernels::kBlockBytes>();
    for (std::uint32_t i = 0; i < kFileBlocks; i += 64) {
      check_call(kernels::read_blocks(file_.descriptor(), std::span(&i, 1), block).error, "pread");
      if (!kernels::is_block(block, i, stamps_[i])) throw std::runtime_error("the file does not hold what was written");
    }
  }

  template <class Words>
  void check(const kernels::BlockTally& tally, Blocks blocks, Words words_of) const {
    check_call(tally.error, "a block of the file");
    std::uint64_t sum = 0;
    for (const std::uint32_t block : blocks) sum = kernels::join(sum, words_of(block, stamps_[block]));
    if (tally.blocks != blocks.size() || tally.sum != sum)
      throw std::runtime_error("blocks do not hold what was written");
  }

  DiskFile file_;
  std::vector<std::uint64_t> stamps_;
};

/// All blocks of the file in one order, handed out slice by slice; after the last it begins anew.
class Tour {
 public:
  explicit Tour(kernels::Order order) : order_(kernels::make_cycle(kFileBlocks, order, next_draw())) {
    if (order == kernels::Order::kSequential)
      std::rotate(order_.begin(), order_.end() - 1, order_.end());  // 0, 1, 2, …
  }

  /// `count` divides kFileBlocks, and is the same in every call.
  [[nodiscard]] Blocks next(std::size_t count) {
    const Blocks slice = Blocks(order_).subspan(at_, count);
    at_ = (at_ + count) % order_.size();
    return slice;
  }
  void skip_to(std::uint64_t draw, std::size_t count) { at_ = draw % (order_.size() / count) * count; }

 private:
  std::vector<std::uint32_t> order_;
  std::size_t at_ = 0;
};

}  // namespace unitcost
