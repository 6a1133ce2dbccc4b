#pragma once
// Blocks of 4 KiB of a file, each stamped with its own place, read and written one by one: what it costs is where the kernel finds them.
#include <cstddef>
#include <cstdint>
#include <span>

namespace unitcost::kernels {

constexpr std::size_t kBlockBytes = 4096;

/// What a pass over blocks came back with.
struct BlockTally {
  std::uint64_t blocks = 0;  ///< done before the first error
  std::uint64_t sum = 0;     ///< of the words that it looked at, in their order: by join()
  int error = 0;             ///< errno of the call that failed, EIO for one that did less than a block; 0: none
};

/// A sum that another order of the same words changes.
constexpr std::uint64_t join(std::uint64_t sum, std::uint64_t word) { return sum * 0x9e3779b97f4a7c15U + word; }

/// Block number `index` under `stamp`: words that no other place and no other stamp has.
void fill_block(std::span<std::byte, kBlockBytes> block, std::uint64_t index, std::uint64_t stamp);

/// Every byte is what fill_block() writes.
bool is_block(std::span<const std::byte, kBlockBytes> block, std::uint64_t index, std::uint64_t stamp);

/// pread(2) of each block of `order` into `buffer`; each adds its first and last word to `sum`.
BlockTally read_blocks(int file, std::span<const std::uint32_t> order, std::span<std::byte, kBlockBytes> buffer);
std::uint64_t words_read(std::uint64_t index, std::uint64_t stamp);  ///< what one block adds

/// One word of each block of `order` in a mapped file. The word lies in another line of each block, because words at one offset of many
/// pages would share one set of the cache.
BlockTally touch_blocks(std::span<const std::byte> mapped, std::span<const std::uint32_t> order);
std::uint64_t word_touched(std::uint64_t index, std::uint64_t stamp);  ///< what one block adds

/// pwrite(2) of each block of `order`; only its first and last word are stamped, the rest is as `buffer` holds it. With `sync` an fsync(2)
/// after each.
BlockTally write_blocks(int file, std::span<const std::uint32_t> order, std::span<std::byte, kBlockBytes> buffer,
                        std::uint64_t stamp, bool sync);

}  // namespace unitcost::kernels
