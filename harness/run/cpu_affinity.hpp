#pragma once
// CPU sets of processes, for machines of any size.
#include <sched.h>
#include <sys/types.h>

#include <cstddef>
#include <memory>
#include <vector>

namespace unitcost {

/// A kernel CPU set made beforehand, so that applying it allocates nothing (it happens between fork and exec).
class CpuMask {
 public:
  explicit CpuMask(const std::vector<int>& cpus);
  [[nodiscard]] bool apply() const { return sched_setaffinity(0, bytes_, set_.get()) == 0; }  ///< to the calling thread

 private:
  struct FreeSet {
    void operator()(cpu_set_t* set) const { CPU_FREE(set); }
  };
  std::unique_ptr<cpu_set_t, FreeSet> set_;
  std::size_t bytes_ = 0;
};

/// Ascending; empty when it cannot be read. 0: the calling thread. A zombie has one too.
std::vector<int> affinity_of(pid_t pid);

/// The CPU that a process last ran on (/proc/<pid>/stat); -1 when it cannot be read.
int last_cpu_of(pid_t pid);

}  // namespace unitcost
