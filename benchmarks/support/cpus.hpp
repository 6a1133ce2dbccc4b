#pragma once
// Which CPUs this process may use. The harness sets the CPU set; programs never name a CPU by number.
#include <filesystem>
#include <vector>

namespace unitcost {

/// CPUs of this process's affinity mask, ascending; never empty.
std::vector<int> allowed_cpus();

/// The same CPUs in the order in which threads take them: one of every core before a second one of any, and the core of CPU 0, which serves
/// most interrupts, after the other cores. Where the kernel does not tell siblings, every CPU is a core. `root` stands for "/" (tests pass a folder).
std::vector<int> spread_over_cores(const std::vector<int>& cpus, const std::filesystem::path& root = "/");

/// allowed_cpus(), spread over cores.
std::vector<int> spread_cpus();

/// Pins the calling thread. False where the kernel refuses or the CPU is gone.
bool pin_this_thread(int cpu);

}  // namespace unitcost
