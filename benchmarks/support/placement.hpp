#pragma once
// Placement drawn anew for every repetition turns a difference between two processes into noise within one,
// which averaging removes (the stack: done by run_cases for every body; buffers below 1 MiB: use PlacedBuffer).
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>

namespace unitcost {

/// Calls `body` with the stack `shift_bytes` (< 4096) deeper than it was.
void with_shifted_stack(std::size_t shift_bytes, const std::function<void()>& body);

/// `bytes` zeroed bytes at an offset within a page that `draw` picks; the offset is a multiple of `alignment`
/// (a power of two, at most 4096). All pages are touched.
class PlacedBuffer {
 public:
  PlacedBuffer(std::size_t bytes, std::uint64_t draw, std::size_t alignment = 64);
  [[nodiscard]] std::span<std::byte> bytes() const { return {start_, size_}; }

 private:
  std::unique_ptr<std::byte[]> memory_;
  std::byte* start_;
  std::size_t size_;
};

}  // namespace unitcost
