#include "benchmarks/kernels/allocation_pieces.hpp"

#include <array>
#include <cstdlib>
#include <new>
#include <utility>

namespace unitcost::kernels {
namespace {

constexpr std::size_t kLineBytes = 64;

template <std::size_t kBytes>
using Frame = std::array<volatile unsigned char, kBytes>;

/// The empty statement may have kept the address, as far as the compiler knows: without it clang makes of an array only the bytes that are used.
template <std::size_t kBytes>
[[gnu::always_inline]] inline void need_whole(Frame<kBytes>& frame) {
  asm volatile("" : : "r"(frame.data()) : "memory");
}

template <std::size_t kBytes>
void write(Frame<kBytes>& frame) {
  need_whole(frame);
  for (std::size_t at = 0; at < kBytes; at += kLineBytes) frame[at] = 1;
}

/// A frame that is read after the call inside it has returned: the call can be no jump, and the frame stays as long as it should.
template <std::size_t kBytes>
[[gnu::noinline]] std::uint64_t fill_plain(std::uint64_t frames, const std::function<void()>& at_the_end) {
  if (frames == 0) {
    at_the_end();
    return 0;
  }
  Frame<kBytes> frame;  // written below
  write(frame);
  const std::uint64_t below = fill_plain<kBytes>(frames - 1, at_the_end);
  return below + frame[0];
}

[[gnu::noinline]] std::uint64_t fill(std::uint64_t left, std::uint64_t half, const StackWatcher& watcher) {
  if (left == half) {
    std::uint64_t written = fill_plain<kFrameBytes>(half, [] {});
    watcher.half_returned();
    written += fill_plain<2 * kFrameBytes>(half / 2, watcher.refilled);
    return written;
  }
  Frame<kFrameBytes> frame;  // written below
  write(frame);
  const std::uint64_t below = fill(left - 1, half, watcher);
  return below + frame[0];
}

}  // namespace

void make_blocks(std::span<void*> blocks, std::size_t bytes) {
  for (void*& block : blocks) {
    block = std::malloc(bytes);
    if (block == nullptr) throw std::bad_alloc();
    *static_cast<volatile std::uint64_t*>(block) = 1;
  }
}

void free_half(std::span<void*> blocks, Half half) {
  if (half == Half::kEveryOther) {
    for (std::size_t at = 0; at < blocks.size(); at += 2) std::free(std::exchange(blocks[at], nullptr));
    return;
  }
  for (std::size_t at = blocks.size(); at > (blocks.size() + 1) / 2; --at)
    std::free(std::exchange(blocks[at - 1], nullptr));
}

void free_blocks(std::span<void*> blocks) {
  for (void*& block : blocks) std::free(std::exchange(block, nullptr));
}

std::uint64_t fill_stack(std::uint64_t frames, const StackWatcher& watcher) {
  return fill(frames, frames / 2, watcher);
}

[[gnu::noinline]] std::uint64_t descend(volatile std::uintptr_t& lowest, std::uint64_t frames) {
  if (frames == 0) return 0;
  Frame<kFrameBytes> frame;  // written below
  need_whole(frame);
  frame[0] = 1;
  lowest = reinterpret_cast<std::uintptr_t>(frame.data());
  const std::uint64_t below = descend(lowest, frames - 1);
  return below + frame[0];
}

}  // namespace unitcost::kernels
