#include "harness/machine/memory.hpp"

#include <algorithm>

#include "harness/machine/cgroup.hpp"

namespace unitcost {

std::uint64_t free_memory_bytes(const MachineRoot& root) {
  const auto available_kib = field_of(root.read("/proc/meminfo").value_or(""), "MemAvailable");
  const auto left = read_cgroup_limits(root).memory_left_bytes;
  double bytes = 1024.0 * available_kib.value_or(0.0);
  if (left) bytes = available_kib ? std::min(bytes, *left) : *left;
  return static_cast<std::uint64_t>(bytes);
}

}  // namespace unitcost
