#pragma once
// Loads that the processor may have under way at the same time: several chains walked together, and lines visited by a list of positions.
#include <cstddef>
#include <cstdint>
#include <span>

#include "benchmarks/kernels/memory_ring.hpp"

namespace unitcost::kernels {

constexpr std::size_t kMostChains = 16;

/// Moves each of 1 to 16 walkers `steps` links on. A walker's loads depend on each other, those of different walkers do not. Throws std::invalid_argument for another number.
void walk_together(std::span<const Line*> at, std::uint64_t steps);

/// What is done with a line that was loaded.
enum class Work {
  kNone,  ///< its index is added up: the processor looks many loads ahead
  kSome,  ///< some 200 instructions that depend on it, but not on the line before: they wait in the processor's queues, so that the next line's load is not reached
};

/// What kSome makes of the index of a line.
std::uint64_t worked(std::uint64_t index);

/// Sum over the lines order[from], order[from + 1], …, `steps` of them, beginning anew after the last: of `index`, or of worked(index).
/// With a `distance` above 0 the line that comes `distance` later is asked for by a prefetch instruction before each load.
/// `order` holds positions in `lines`; its size is a power of two (or steps is 0). Throws std::invalid_argument otherwise.
std::uint64_t visit(std::span<const Line> lines, std::span<const std::uint32_t> order, std::size_t from,
                    std::uint64_t steps, std::size_t distance, Work work);

}  // namespace unitcost::kernels
