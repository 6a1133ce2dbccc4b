#pragma once
// What the control group of this process leaves it: memory, CPU time. Versions 1 and 2.
#include <optional>
#include <string>
#include <vector>

#include "harness/machine/root.hpp"

namespace unitcost {

struct CgroupLimits {
  std::optional<double> memory_limit_bytes;  ///< the tightest of this group and those above; absent: none
  std::optional<double> memory_left_bytes;   ///< limit minus what is in use, caches that can be dropped apart
  std::optional<double> cpus;                ///< quota / period; absent: none
};

CgroupLimits read_cgroup_limits(const MachineRoot& root);

/// The files whose throttling counters concern this process, found once: of its own group, or the nearest above it that counts, and of those
/// further up that have a quota, because the kernel counts where the quota is. Empty when there is none.
std::vector<std::string> cpu_stat_paths(const MachineRoot& root);

/// Microseconds for which a group was held back, from the text of that file (throttled_usec, or throttled_time in ns).
std::optional<double> throttled_us(const std::string& cpu_stat);

}  // namespace unitcost
