#include "benchmarks/kernels/python_congruence.hpp"

namespace unitcost::kernels {

std::uint64_t walk_congruence(std::uint64_t state, std::uint64_t steps) {
  for (std::uint64_t step = 0; step < steps; ++step) {
    state = (state * kCongruenceFactor + kCongruenceIncrement) & kCongruenceMask;
  }
  return state;
}

std::uint64_t jump_congruence(std::uint64_t state, std::uint64_t steps) {
  // 2^31 divides 2^64, so wrapping multiplication is exact once the mask is applied.
  std::uint64_t factor = kCongruenceFactor;  // of 2^i steps at the i-th turn
  std::uint64_t increment = kCongruenceIncrement;
  for (; steps != 0; steps >>= 1) {
    if ((steps & 1) != 0) state = (state * factor + increment) & kCongruenceMask;
    increment = (increment * factor + increment) & kCongruenceMask;
    factor = (factor * factor) & kCongruenceMask;
  }
  return state & kCongruenceMask;
}

}  // namespace unitcost::kernels
