#include "benchmarks/support/cpus.hpp"

#include <sched.h>

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>

namespace unitcost {
namespace {

struct FreeSet {
  void operator()(cpu_set_t* set) const { CPU_FREE(set); }
};
using CpuSet = std::unique_ptr<cpu_set_t, FreeSet>;
constexpr int kMostCpus = 1 << 16;

/// "0,4" or "0-1"; the CPU's own number where the kernel does not say.
std::string siblings_of(int cpu, const std::filesystem::path& root) {
  std::ifstream in(root / "sys/devices/system/cpu" / ("cpu" + std::to_string(cpu)) / "topology/thread_siblings_list");
  std::string siblings;
  std::getline(in, siblings);
  return siblings.empty() ? std::to_string(cpu) : siblings;
}

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

std::vector<int> spread_over_cores(const std::vector<int>& cpus, const std::filesystem::path& root) {
  std::map<std::string, std::vector<int>> cores;  // siblings in the kernel's words -> those of them that may be used
  for (const int cpu : cpus) cores[siblings_of(cpu, root)].push_back(cpu);
  std::vector<std::vector<int>> order;
  for (auto& [siblings, own] : cores) order.push_back(std::move(own));
  std::ranges::sort(order, {}, [](const std::vector<int>& core) { return std::pair(core.front() == 0, core.front()); });
  std::vector<int> spread;
  for (std::size_t thread = 0; spread.size() < cpus.size(); ++thread) {
    for (const std::vector<int>& core : order) {
      if (thread < core.size()) spread.push_back(core[thread]);
    }
  }
  return spread;
}

std::vector<int> spread_cpus() { return spread_over_cores(allowed_cpus()); }

bool pin_this_thread(int cpu) {
  const CpuSet set(CPU_ALLOC(kMostCpus));
  const std::size_t bytes = CPU_ALLOC_SIZE(kMostCpus);
  CPU_ZERO_S(bytes, set.get());
  CPU_SET_S(static_cast<std::size_t>(cpu), bytes, set.get());
  return sched_setaffinity(0, bytes, set.get()) == 0;
}

}  // namespace unitcost
