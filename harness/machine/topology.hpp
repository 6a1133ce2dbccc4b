#pragma once
// CPUs that this process may use, and which of them a block gets. Owner of hwloc.
#include <map>
#include <string>
#include <vector>

#include "harness/machine/root.hpp"

namespace unitcost {

struct Cpu {
  int id = 0;    ///< the kernel's number
  int core = 0;  ///< same number: threads of one core
  int package = 0;
};

struct Topology {
  std::vector<Cpu> cpus;  ///< usable, ascending by id; never empty
  int numa_nodes = 1;
  [[nodiscard]] int threads_per_core() const;  ///< the most that any core shows
};

/// From hwloc, cut down to this process's affinity. Where hwloc cannot say, every CPU is a core of its own.
Topology read_topology();

/// Interrupts served by each CPU since boot (/proc/interrupts); empty where that is hidden.
std::map<int, double> interrupts_by_cpu(const MachineRoot& root);

struct CpuChoice {
  std::vector<int> cpus;  ///< the primary CPU first; empty: not to be had
  std::string reason;     ///< why it is empty
};

/// `wish` as a scenario says it: one | pair-same-core | pair-cross-core | all | a number. The primary CPU is not CPU 0 and not the one
/// with most interrupts, where there is another.
CpuChoice choose_cpus(const Topology& topology, const std::map<int, double>& interrupts, const std::string& wish);

/// Where the harness waits while a block runs on `block_cpus`: another core if there is one, else another CPU, else any.
int waiting_cpu(const Topology& topology, const std::vector<int>& block_cpus);

}  // namespace unitcost
