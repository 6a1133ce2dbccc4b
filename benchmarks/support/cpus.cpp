#include "benchmarks/support/cpus.hpp"

#include <sched.h>

#include <cerrno>
#include <memory>
#include <stdexcept>

namespace unitcost {
namespace {

struct FreeSet {
  void operator()(cpu_set_t* set) const { CPU_FREE(set); }
};
using CpuSet = std::unique_ptr<cpu_set_t, FreeSet>;
constexpr int kMostCpus = 1 << 16;

}  // namespace

std::vector<int> allowed_cpus() {
  for (int room = 1024; room <= kMostCpus; room *= 2) {  // the call fails with EINVAL until the set is large enough
    const CpuSet set(CPU_ALLOC(static_cast<std::size_t>(room)));
    const std::size_t bytes = CPU_ALLOC_SIZE(static_cast<std::size_t>(room));
    CPU_ZERO_S(bytes, set.get());
    if (sched_getaffinity(0, bytes, set.get()) != 0) {
      if (errno == EINVAL) continue;
      break;
    }
    std::vector<int> cpus;
    for (int cpu = 0; cpu < room; ++cpu) {
      if (CPU_ISSET_S(static_cast<std::size_t>(cpu), bytes, set.get())) cpus.push_back(cpu);
    }
    return cpus;
  }
  throw std::runtime_error("the CPU set of this process cannot be read");
}

bool pin_this_thread(int cpu) {
  const CpuSet set(CPU_ALLOC(kMostCpus));
  const std::size_t bytes = CPU_ALLOC_SIZE(kMostCpus);
  CPU_ZERO_S(bytes, set.get());
  CPU_SET_S(static_cast<std::size_t>(cpu), bytes, set.get());
  return sched_setaffinity(0, bytes, set.get()) == 0;
}

}  // namespace unitcost
