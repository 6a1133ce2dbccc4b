#pragma once
// Memory that is made in many pieces, given back in part, and asked for again in pieces of twice the size: from the heap, and from the stack.
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>

namespace unitcost::kernels {

/// Which half of the blocks is given back.
enum class Half {
  kEveryOther,  ///< the first, the third, …
  kLast,        ///< the second half, in the reverse of the order in which they were made, as a stack does
};

/// Sets every pointer to a block of `bytes` (>= 8) by malloc() whose first eight bytes are written. Throws std::bad_alloc.
void make_blocks(std::span<void*> blocks, std::size_t bytes);

/// free() of half of the blocks; their pointers become null. Of an odd number the larger half stays with kLast, the smaller with kEveryOther.
void free_half(std::span<void*> blocks, Half half);

/// free() of all that are not null.
void free_blocks(std::span<void*> blocks);

constexpr std::size_t kFrameBytes = 1024;

/// What is called when the stack is in the states that are asked about; either may look at the process, and returns.
struct StackWatcher {
  std::function<void()> half_returned;  ///< `frames` were there, the second half of them has returned
  std::function<void()> refilled;       ///< in place of the second half there are half as many frames of twice the size
};

/// `frames` nested calls, each with an array of kFrameBytes of which every 64th byte is written; half of them return, and calls with twice as large arrays take their
/// place. Returns how many arrays were written.
std::uint64_t fill_stack(std::uint64_t frames, const StackWatcher& watcher);

/// `frames` nested calls, each with an array of kFrameBytes; before each goes on, `lowest` becomes the lowest address that was written so far. Returns `frames`.
std::uint64_t descend(volatile std::uintptr_t& lowest, std::uint64_t frames);

}  // namespace unitcost::kernels
