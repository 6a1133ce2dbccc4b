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

}  // namespace unitcost::kernels
