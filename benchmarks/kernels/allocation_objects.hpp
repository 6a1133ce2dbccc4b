#pragma once
// One object made, touched and given back, again and again, each way of making one with the same loop around it.
#include <cstddef>
#include <cstdint>
#include <memory_resource>
#include <span>

namespace unitcost::kernels {

/// Every object is 16 B to 64 KiB for the stack, and as large as memory allows elsewhere. Of each, the first eight bytes are written and read back, and nothing else;
/// what was written is the number of the object, so that each function returns sum_of_touches(times).
constexpr std::uint64_t sum_of_touches(std::uint64_t times) {
  return times % 2 == 0 ? times / 2 * (times - 1) : (times - 1) / 2 * times;
}

constexpr std::size_t kLeastObjectBytes = 16;
constexpr std::size_t kMostStackBytes = std::size_t{64} << 10;

/// An automatic variable of a function that is called for each object. `bytes` is a power of two from kLeastObjectBytes to kMostStackBytes, else
/// std::invalid_argument is thrown.
std::uint64_t make_automatic(std::size_t bytes, std::uint64_t times);

/// alloca() in a function that is called for each object: what it takes is given back when its function returns, not before.
std::uint64_t make_by_alloca(std::size_t bytes, std::uint64_t times);

/// malloc() and free(), ::operator new and delete. Throw std::bad_alloc.
std::uint64_t make_by_malloc(std::size_t bytes, std::uint64_t times);
std::uint64_t make_by_new(std::size_t bytes, std::uint64_t times);

/// allocate() and deallocate() of a monotonic arena over `memory`, which is emptied whenever it is full, and takes from nowhere else. `bytes` is a multiple
/// of 16 and at most memory.size(); `memory` is aligned to 16.
std::uint64_t make_in_arena(std::span<std::byte> memory, std::size_t bytes, std::uint64_t times);

/// mmap() and munmap(). Throws std::system_error.
std::uint64_t make_by_mmap(std::size_t bytes, std::uint64_t times);

/// The control: the same loop and the same touch of one object that is there already.
std::uint64_t touch_only(void* object, std::uint64_t times);

/// blocks.size() objects by malloc(), all made and touched before the first is given back; given back in the order of `order`, a permutation of
/// the positions in `blocks`. The whole `times` times. Throws std::bad_alloc; blocks that were made stay then.
std::uint64_t make_many(std::span<void*> blocks, std::span<const std::uint32_t> order, std::size_t bytes,
                        std::uint64_t times);

}  // namespace unitcost::kernels
