#include "benchmarks/kernels/memory_blocks.hpp"

#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace unitcost::kernels {
namespace {

constexpr std::size_t kWordBytes = sizeof(std::uint64_t);
constexpr std::size_t kWords = kBlockBytes / kWordBytes;
constexpr std::size_t kLastWord = kWords - 1;

/// Word 0 of the block; the others count up from it.
std::uint64_t first_word(std::uint64_t index, std::uint64_t stamp) {  // splitmix64 (Steele, Lea, Flood 2014)
  std::uint64_t x = stamp + index * 0x9e3779b97f4a7c15U;
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9U;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebU;
  return x ^ (x >> 31);
}

std::uint64_t word_at(const std::byte* block, std::size_t word) {
  std::uint64_t value = 0;
  std::memcpy(&value, block + word * kWordBytes, kWordBytes);
  return value;
}

void put_word(std::byte* block, std::size_t word, std::uint64_t value) {
  std::memcpy(block + word * kWordBytes, &value, kWordBytes);
}

std::size_t touched_word(std::uint64_t index) { return index * 8 % kWords; }  // the first word of line `index`

off_t place_of(std::uint32_t index) { return static_cast<off_t>(index) * static_cast<off_t>(kBlockBytes); }

/// 0, or the errno of a call that handled `done` bytes where a block was asked for.
int error_of(ssize_t done) {
  if (done == static_cast<ssize_t>(kBlockBytes)) return 0;
  return done < 0 ? errno : EIO;
}

}  // namespace

void fill_block(std::span<std::byte, kBlockBytes> block, std::uint64_t index, std::uint64_t stamp) {
  const std::uint64_t first = first_word(index, stamp);
  for (std::size_t word = 0; word < kWords; ++word) put_word(block.data(), word, first + word);
}

bool is_block(std::span<const std::byte, kBlockBytes> block, std::uint64_t index, std::uint64_t stamp) {
  const std::uint64_t first = first_word(index, stamp);
  for (std::size_t word = 0; word < kWords; ++word) {
    if (word_at(block.data(), word) != first + word) return false;
  }
  return true;
}

BlockTally read_blocks(int file, std::span<const std::uint32_t> order, std::span<std::byte, kBlockBytes> buffer) {
  BlockTally tally;
  for (const std::uint32_t index : order) {
    tally.error = error_of(pread(file, buffer.data(), kBlockBytes, place_of(index)));
    if (tally.error != 0) break;
    tally.sum = join(tally.sum, word_at(buffer.data(), 0) + word_at(buffer.data(), kLastWord));
    ++tally.blocks;
  }
  return tally;
}

std::uint64_t words_read(std::uint64_t index, std::uint64_t stamp) { return 2 * first_word(index, stamp) + kLastWord; }

BlockTally touch_blocks(std::span<const std::byte> mapped, std::span<const std::uint32_t> order) {
  BlockTally tally;
  for (const std::uint32_t index : order) {
    tally.sum = join(tally.sum, word_at(mapped.data() + std::size_t{index} * kBlockBytes, touched_word(index)));
    ++tally.blocks;
  }
  return tally;
}

std::uint64_t word_touched(std::uint64_t index, std::uint64_t stamp) {
  return first_word(index, stamp) + touched_word(index);
}

BlockTally write_blocks(int file, std::span<const std::uint32_t> order, std::span<std::byte, kBlockBytes> buffer,
                        std::uint64_t stamp, bool sync) {
  BlockTally tally;
  for (const std::uint32_t index : order) {
    const std::uint64_t first = first_word(index, stamp);
    put_word(buffer.data(), 0, first);
    put_word(buffer.data(), kLastWord, first + kLastWord);
    tally.error = error_of(pwrite(file, buffer.data(), kBlockBytes, place_of(index)));
    if (tally.error == 0 && sync && fsync(file) != 0) tally.error = errno;
    if (tally.error != 0) break;
    tally.sum = join(tally.sum, 2 * first + kLastWord);
    ++tally.blocks;
  }
  return tally;
}

}  // namespace unitcost::kernels
