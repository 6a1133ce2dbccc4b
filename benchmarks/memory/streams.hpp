#pragma once
// Memory that one thread reads, writes or copies again and again, with the check that it did. Shared by the programs of this folder.
#include <algorithm>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>

#include <fmt/format.h>

#include "benchmarks/kernels/memory_stream.hpp"
#include "benchmarks/support/case.hpp"
#include "benchmarks/support/granted.hpp"
#include "benchmarks/support/mapping.hpp"
#include "benchmarks/support/sizes.hpp"

namespace unitcost {

enum class Operation { kRead, kWrite, kWritePastCaches, kCopy };

/// As case names say it.
inline std::string_view name_of(Operation operation) {
  switch (operation) {
    case Operation::kRead:
      return "read";
    case Operation::kWrite:
      return "write";
    case Operation::kWritePastCaches:
      return "write_past_caches";
    case Operation::kCopy:
      return "copy";
  }
  return "";
}

/// Below this a working set is put at another place for every repetition.
constexpr std::uint64_t kStreamPlacedAnewBelow = kMiB;

/// Of the memory that several CPUs go over together each must have at least so much that its own caches do not hold it: more than any second-level cache of today.
constexpr std::uint64_t kLeastPartBytes = 16 * kMiB;

/// What each of `members` gets of `whole_bytes`, a multiple of 128. Throws CannotMeasure where that is less than kLeastPartBytes.
inline std::uint64_t part_past_own_caches(std::uint64_t whole_bytes, std::size_t members) {
  const std::uint64_t part = whole_bytes / members / 128 * 128;
  if (part >= kLeastPartBytes) return part;
  throw CannotMeasure(fmt::format(
      "divided by {} CPUs, {} MiB are {:.3g} MiB for each, which may fit into its own caches; it takes {} MiB", members,
      whole_bytes / kMiB, static_cast<double>(part) / kMiB, members * (kLeastPartBytes / kMiB)));
}

/// Owns its memory. A pass moves bytes() bytes in all operations: a copy reads one half of the working set and writes the other.
class Stream {
 public:
  /// Touched by the calling thread. Throws CannotMeasure where memory, huge pages or the instructions are missing. `bytes` is a multiple of 128.
  Stream(Operation operation, std::uint64_t bytes, Pages pages, const kernels::StreamKernels& kernels)
      : operation_(operation), bytes_(bytes), kernels_(kernels), memory_(granted(memory_bytes(bytes), pages)) {
    if (operation == Operation::kWritePastCaches && kernels.write_past_caches == nullptr)
      throw CannotMeasure("no store that goes past the caches is known for this processor");
  }

  /// What a stream over `bytes` touches: whole huge pages, and one at least.
  static constexpr std::uint64_t memory_bytes(std::uint64_t bytes) {
    return (std::max(bytes, kHugePageBytes) + kHugePageBytes - 1) / kHugePageBytes * kHugePageBytes;
  }

  /// Puts a small working set at another place, and fills it with values that are known. Large ones are filled once.
  void prepare(std::uint64_t draw) {
    const bool is_small = bytes_ < kStreamPlacedAnewBelow;
    if (!is_small && !words_.empty()) return;
    const std::uint64_t places = (memory_.bytes().size() - bytes_) / kernels::kStreamAlignment + 1;
    const std::uint64_t offset = is_small ? draw % places * kernels::kStreamAlignment : 0;
    words_ = {reinterpret_cast<std::uint64_t*>(memory_.bytes().data() + offset), bytes_ / sizeof(std::uint64_t)};
    value_ = draw | 1U;
    kernels_.write(words_, value_, 1);
    for (std::uint64_t number = 0; operation_ == Operation::kCopy && number < source().size(); ++number) {
      source()[number] = value_ + number;
    }
  }

  /// Goes over the working set `passes` times.
  void run(std::uint64_t passes) {
    switch (operation_) {
      case Operation::kRead:
        is_right_ = kernels_.read(words_, passes) == value_ * words_.size() * passes && is_right_;
        break;
      case Operation::kWrite:
        value_ = kernels_.write(words_, value_ + 1, passes);
        break;
      case Operation::kWritePastCaches:
        value_ = kernels_.write_past_caches(words_, value_ + 1, passes);
        break;
      case Operation::kCopy:
        kernels_.copy(target(), source(), passes);
        break;
    }
  }

  /// All that was read so far was right, and the memory holds what was written or copied last.
  [[nodiscard]] bool is_right() const {
    switch (operation_) {
      case Operation::kRead:
        return is_right_;
      case Operation::kCopy:
        return std::memcmp(target().data(), source().data(), source().size_bytes()) == 0;
      default:
        return kernels_.read(words_, 1) == value_ * words_.size() && words_.back() == value_;
    }
  }

  [[nodiscard]] std::uint64_t bytes() const { return bytes_; }

 private:
  [[nodiscard]] std::span<std::uint64_t> source() const { return words_.first(words_.size() / 2); }
  [[nodiscard]] std::span<std::uint64_t> target() const { return words_.last(words_.size() / 2); }

  Operation operation_;
  std::uint64_t bytes_;
  kernels::StreamKernels kernels_;
  Mapping memory_;
  std::span<std::uint64_t> words_;
  std::uint64_t value_ = 0;
  bool is_right_ = true;
};

/// The loops of one word, or those of the widest vector that this processor has.
enum class Width { kWord, kVector };
inline std::string_view name_of(Width width) { return width == Width::kWord ? "word" : "vector"; }
inline const kernels::StreamKernels& kernels_of(Width width) {
  return width == Width::kWord ? kernels::stream_kernels().front() : kernels::stream_kernels().back();
}

}  // namespace unitcost
