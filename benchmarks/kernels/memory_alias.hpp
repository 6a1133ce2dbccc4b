#pragma once
// A walk that stores before each of its loads.
#include <cstddef>

#include "benchmarks/kernels/memory_ring.hpp"

namespace unitcost::kernels {

/// Like walk(), but before it loads from a node it stores the node's address `shift_bytes` behind the node. The load needs nothing from the store; a processor that
/// compares the low 12 bits of the two addresses first takes them for the same when the shift is a multiple of 4096. Of every node of the ring there must be 8
/// writable bytes that far behind it.
const Line* walk_storing(const Line* at, std::ptrdiff_t shift_bytes, std::uint64_t steps);

/// What walk_storing() stored for `at`.
const Line* stored_for(const Line* at, std::ptrdiff_t shift_bytes);

}  // namespace unitcost::kernels
