#include "harness/machine/memory.hpp"

#include <algorithm>
#include <string>

#include "harness/machine/cgroup.hpp"

namespace unitcost {

std::uint64_t free_memory_bytes(const MachineRoot& root) {
  const auto available_kib = field_of(root.read("/proc/meminfo").value_or(""), "MemAvailable");
  const auto left = read_cgroup_limits(root).memory_left_bytes;
  double bytes = 1024.0 * available_kib.value_or(0.0);
  if (left) bytes = available_kib ? std::min(bytes, *left) : *left;
  return static_cast<std::uint64_t>(bytes);
}

bool reports_free_memory(const MachineRoot& root) {
  constexpr const char* kBalloon = "0x0005";
  constexpr std::size_t kReportsPages = 5;
  const std::string devices = "/sys/bus/virtio/devices";
  for (const std::string& name : root.list(devices)) {
    const std::string device = devices + "/" + name;
    const std::string features = root.read(device + "/features").value_or("");  // a digit a bit, the lowest first
    if (root.read(device + "/device") == kBalloon && features.size() > kReportsPages && features[kReportsPages] == '1')
      return true;
  }
  return false;
}

}  // namespace unitcost
