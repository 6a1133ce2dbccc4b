#include "benchmarks/kernels/allocation_objects.hpp"

#include <alloca.h>
#include <sys/mman.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cerrno>
#include <cstdlib>
#include <new>
#include <stdexcept>
#include <system_error>
#include <utility>

namespace unitcost::kernels {
namespace {

/// The empty statement may have read the object and handed its address on, as far as the compiler knows: so the object must exist, and be another one each time.
[[gnu::always_inline]] inline std::uint64_t touch(void* object, std::uint64_t value) {
  asm volatile("" : "+r"(object) : : "memory");
  auto* word = static_cast<volatile std::uint64_t*>(object);
  *word = value;
  return *word;
}

// Each object has a function call of its own: the stack needs one, so all others get one too.

template <std::size_t kBytes>
[[gnu::noinline]] std::uint64_t one_automatic(std::uint64_t value) {
  alignas(16) std::array<std::byte, kBytes> object;  // not initialised on purpose
  return touch(object.data(), value);
}

[[gnu::noinline]] std::uint64_t one_by_alloca(std::size_t bytes, std::uint64_t value) {
  return touch(alloca(bytes), value);
}

[[gnu::noinline]] std::uint64_t one_by_malloc(std::size_t bytes, std::uint64_t value) {
  void* object = std::malloc(bytes);
  if (object == nullptr) throw std::bad_alloc();
  const std::uint64_t seen = touch(object, value);
  std::free(object);
  return seen;
}

[[gnu::noinline]] std::uint64_t one_by_new(std::size_t bytes, std::uint64_t value) {
  void* object = ::operator new(bytes);  // the function, not the expression: that one the compiler may leave out
  const std::uint64_t seen = touch(object, value);
  ::operator delete(object);
  return seen;
}

[[gnu::noinline]] std::uint64_t one_in_arena(std::pmr::memory_resource& arena, std::size_t bytes, std::uint64_t value) {
  void* object = arena.allocate(bytes, 16);
  const std::uint64_t seen = touch(object, value);
  arena.deallocate(object, bytes, 16);
  return seen;
}

[[gnu::noinline]] std::uint64_t one_by_mmap(std::size_t bytes, std::uint64_t value) {
  void* object = mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (object == MAP_FAILED) throw std::system_error(errno, std::generic_category(), "mmap");
  const std::uint64_t seen = touch(object, value);
  if (munmap(object, bytes) != 0) throw std::system_error(errno, std::generic_category(), "munmap");
  return seen;
}

[[gnu::noinline]] std::uint64_t one_touch(void* object, std::uint64_t value) { return touch(object, value); }

template <std::size_t kBytes>
std::uint64_t repeat_automatic(std::uint64_t times) {
  std::uint64_t sum = 0;
  for (std::uint64_t done = 0; done < times; ++done) sum += one_automatic<kBytes>(done);
  return sum;
}

constexpr int kLeastBit = std::countr_zero(kLeastObjectBytes);
constexpr int kMostBit = std::countr_zero(kMostStackBytes);

/// The size of an automatic variable is part of the program, so there is one function for each.
template <std::size_t... kSteps>
constexpr auto automatic_functions(std::index_sequence<kSteps...> /*steps*/) {
  return std::array{&repeat_automatic<(kLeastObjectBytes << kSteps)>...};
}

}  // namespace

std::uint64_t make_automatic(std::size_t bytes, std::uint64_t times) {
  static constexpr auto kFunctions = automatic_functions(std::make_index_sequence<kMostBit - kLeastBit + 1>());
  if (!std::has_single_bit(bytes) || bytes < kLeastObjectBytes || bytes > kMostStackBytes)
    throw std::invalid_argument("no automatic variable has this size");
  return kFunctions[static_cast<std::size_t>(std::countr_zero(bytes) - kLeastBit)](times);
}

std::uint64_t make_by_alloca(std::size_t bytes, std::uint64_t times) {
  std::uint64_t sum = 0;
  for (std::uint64_t done = 0; done < times; ++done) sum += one_by_alloca(bytes, done);
  return sum;
}

std::uint64_t make_by_malloc(std::size_t bytes, std::uint64_t times) {
  std::uint64_t sum = 0;
  for (std::uint64_t done = 0; done < times; ++done) sum += one_by_malloc(bytes, done);
  return sum;
}

std::uint64_t make_by_new(std::size_t bytes, std::uint64_t times) {
  std::uint64_t sum = 0;
  for (std::uint64_t done = 0; done < times; ++done) sum += one_by_new(bytes, done);
  return sum;
}

std::uint64_t make_in_arena(std::span<std::byte> memory, std::size_t bytes, std::uint64_t times) {
  std::pmr::monotonic_buffer_resource arena(memory.data(), memory.size(), std::pmr::null_memory_resource());
  std::pmr::memory_resource* resource = &arena;
  asm volatile("" : "+r"(resource));  // containers do not know which resource they have: the calls stay virtual
  const std::uint64_t room = memory.size() / bytes;
  std::uint64_t sum = 0;
  for (std::uint64_t done = 0; done < times;) {
    for (const std::uint64_t full = std::min(times, done + room); done < full; ++done)
      sum += one_in_arena(*resource, bytes, done);
    arena.release();
  }
  return sum;
}

std::uint64_t make_by_mmap(std::size_t bytes, std::uint64_t times) {
  std::uint64_t sum = 0;
  for (std::uint64_t done = 0; done < times; ++done) sum += one_by_mmap(bytes, done);
  return sum;
}

std::uint64_t touch_only(void* object, std::uint64_t times) {
  std::uint64_t sum = 0;
  for (std::uint64_t done = 0; done < times; ++done) sum += one_touch(object, done);
  return sum;
}

std::uint64_t make_many(std::span<void*> blocks, std::span<const std::uint32_t> order, std::size_t bytes,
                        std::uint64_t times) {
  std::uint64_t sum = 0;
  std::uint64_t value = 0;
  for (std::uint64_t done = 0; done < times; ++done) {
    for (void*& block : blocks) {
      block = std::malloc(bytes);
      if (block == nullptr) throw std::bad_alloc();
      sum += touch(block, value++);
    }
    for (const std::uint32_t position : order) std::free(blocks[position]);
  }
  return sum;
}

}  // namespace unitcost::kernels
