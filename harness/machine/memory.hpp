#pragma once
#include <cstdint>

#include "harness/machine/root.hpp"

namespace unitcost {

/// The smaller of what the kernel calls available and what the control group has left; 0 when neither can be read.
std::uint64_t free_memory_bytes(const MachineRoot& root);

/// Whether this guest tells its host which memory is free (virtio balloon, feature 5 of section 5.5.3 in the virtio 1.2 standard): the host takes
/// it away then, and touching it the next time waits for the host.
bool reports_free_memory(const MachineRoot& root);

}  // namespace unitcost
