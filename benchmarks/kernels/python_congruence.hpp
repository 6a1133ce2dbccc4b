#pragma once
// CPU-bound work that C++ and Python can do alike: a linear congruential generator, state' = (a·state + c) mod 2^31,
// with the constants of ISO C's sample rand(). Every step needs the one before, so nothing can be skipped or vectorised,
// and the answer after n steps is known by a short cut: the composition of n affine maps, by squaring.
#include <cstdint>

namespace unitcost::kernels {

constexpr std::uint64_t kCongruenceFactor = 1103515245;
constexpr std::uint64_t kCongruenceIncrement = 12345;
constexpr std::uint64_t kCongruenceMask = (std::uint64_t{1} << 31) - 1;

/// The state after `steps` steps from `state`, one after the other: the work. Touches no memory.
std::uint64_t walk_congruence(std::uint64_t state, std::uint64_t steps);

/// The same state in O(log steps): the check.
std::uint64_t jump_congruence(std::uint64_t state, std::uint64_t steps);

}  // namespace unitcost::kernels
