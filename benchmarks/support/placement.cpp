#include "benchmarks/support/placement.hpp"

#include <alloca.h>

namespace unitcost {
namespace {
constexpr std::size_t kPageBytes = 4096;
}

[[gnu::noinline]] void with_shifted_stack(std::size_t shift_bytes, const std::function<void()>& body) {
  auto* hole = static_cast<volatile char*>(alloca(shift_bytes % kPageBytes + 1));
  hole[0] = 0;  // a use, so that the compiler keeps the hole
  body();
  hole[0] = 1;  // and no tail call, which would drop it
}

PlacedBuffer::PlacedBuffer(std::size_t bytes, std::uint64_t draw, std::size_t alignment)
    : memory_(std::make_unique<std::byte[]>(bytes + 2 * kPageBytes)), size_(bytes) {
  const auto address = reinterpret_cast<std::uintptr_t>(memory_.get());
  const std::size_t to_page = (kPageBytes - address % kPageBytes) % kPageBytes;
  const std::size_t offset = draw % (kPageBytes / alignment) * alignment;
  start_ = memory_.get() + to_page + offset;
}

}  // namespace unitcost
