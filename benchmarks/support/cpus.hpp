#pragma once
// Which CPUs this process may use. The harness sets the CPU set; programs never name a CPU by number.
#include <vector>

namespace unitcost {

/// CPUs of this process's affinity mask, ascending; never empty.
std::vector<int> allowed_cpus();

/// Pins the calling thread. False where the kernel refuses or the CPU is gone.
bool pin_this_thread(int cpu);

}  // namespace unitcost
