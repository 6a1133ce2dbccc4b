#pragma once
#include <cstdint>

#include "harness/machine/root.hpp"

namespace unitcost {

/// The smaller of what the kernel calls available and what the control group has left; 0 when neither can be read.
std::uint64_t free_memory_bytes(const MachineRoot& root);

}  // namespace unitcost
