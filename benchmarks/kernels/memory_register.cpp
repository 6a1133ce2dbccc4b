#include "benchmarks/kernels/memory_register.hpp"

namespace unitcost::kernels {
namespace {

/// The empty statement tells the compiler that `value` changed in a way it cannot know, so that it adds once more instead of folding.
[[gnu::always_inline]] inline std::uint64_t add_once(std::uint64_t value, std::uint64_t step) {
  value += step;
  asm volatile("" : "+r"(value));
  return value;
}

[[gnu::always_inline]] inline std::uint64_t add_four(std::uint64_t value, std::uint64_t step) {
  return add_once(add_once(add_once(add_once(value, step), step), step), step);
}

/// The statement tells the compiler that memory changed, so that it stores what it has and loads it anew.
[[gnu::always_inline]] inline void add_once_in_memory(std::uint64_t& counter, std::uint64_t step) {
  counter += step;
  asm volatile("" : "+m"(counter));
}

[[gnu::always_inline]] inline void add_four_in_memory(std::uint64_t& counter, std::uint64_t step) {
  add_once_in_memory(counter, step);
  add_once_in_memory(counter, step);
  add_once_in_memory(counter, step);
  add_once_in_memory(counter, step);
}

/// Neither instruction can be joined with the addition before or after it.
[[gnu::always_inline]] inline std::uint64_t add_store_load(std::uint64_t& cell, std::uint64_t value,
                                                           std::uint64_t step) {
  cell = add_once(value, step);
  asm volatile("" : "+m"(cell));
  value = cell;
  asm volatile("" : "+r"(value));
  return value;
}

[[gnu::always_inline]] inline std::uint64_t add_store_load_four(std::uint64_t& cell, std::uint64_t value,
                                                                std::uint64_t step) {
  value = add_store_load(cell, add_store_load(cell, value, step), step);
  return add_store_load(cell, add_store_load(cell, value, step), step);
}

}  // namespace

std::uint64_t add_chain(std::uint64_t start, std::uint64_t step, std::uint64_t links) {
  std::uint64_t value = start;
  asm volatile("" : "+r"(step));
  for (; links >= 16; links -= 16) {
    value = add_four(add_four(add_four(add_four(value, step), step), step), step);
  }
  for (; links > 0; --links) value = add_once(value, step);
  return value;
}

std::uint64_t add_chain_in_memory(std::uint64_t& counter, std::uint64_t step, std::uint64_t links) {
  asm volatile("" : "+r"(step));
  for (; links >= 16; links -= 16) {
    add_four_in_memory(counter, step);
    add_four_in_memory(counter, step);
    add_four_in_memory(counter, step);
    add_four_in_memory(counter, step);
  }
  for (; links > 0; --links) add_once_in_memory(counter, step);
  return counter;
}

std::uint64_t add_chain_stored_and_loaded(std::uint64_t& cell, std::uint64_t step, std::uint64_t links) {
  std::uint64_t value = cell;
  asm volatile("" : "+r"(step));
  for (; links >= 4; links -= 4) value = add_store_load_four(cell, value, step);
  for (; links > 0; --links) value = add_store_load(cell, value, step);
  return value;
}

}  // namespace unitcost::kernels
