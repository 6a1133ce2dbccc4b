#pragma once
// Memory read, written and copied from one end to the other, by accesses of one width.
#include <cstddef>
#include <cstdint>
#include <span>

namespace unitcost::kernels {

/// What `data()` of all spans below is aligned to.
constexpr std::size_t kStreamAlignment = 64;

/// One set of loops. Each goes over all words, `passes` times; any number of words, including none.
struct StreamKernels {
  /// Of each load and store. 8: one word, and the compiler does not join them.
  std::size_t width_bytes;

  /// Sum of all words, times the passes.
  std::uint64_t (*read)(std::span<const std::uint64_t> words, std::uint64_t passes);

  /// Fills with `value`, in the next pass with `value` + 1, and so on. Returns what the words hold when there is a pass.
  std::uint64_t (*write)(std::span<std::uint64_t> words, std::uint64_t value, std::uint64_t passes);

  /// The same by stores that go past the caches (non-temporal ones), which are in memory when it returns.
  /// Null where such stores are not known for this processor.
  std::uint64_t (*write_past_caches)(std::span<std::uint64_t> words, std::uint64_t value, std::uint64_t passes);

  /// Copies `from` to the front of `to`, which is at least as long and does not overlap it.
  void (*copy)(std::span<std::uint64_t> to, std::span<const std::uint64_t> from, std::uint64_t passes);
};

/// Those that this processor can run, narrowest first: at least the one of 8 bytes.
std::span<const StreamKernels> stream_kernels();

}  // namespace unitcost::kernels
