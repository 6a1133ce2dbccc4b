#include "harness/run/cpu_affinity.hpp"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <string>

#include "harness/base/files.hpp"

namespace unitcost {
namespace {
constexpr int kMostCpus = 1 << 16;
constexpr int kProcessorField = 39;  // of /proc/<pid>/stat, counted from 1
}  // namespace

CpuMask::CpuMask(const std::vector<int>& cpus) {
  const int most = cpus.empty() ? 0 : *std::max_element(cpus.begin(), cpus.end());
  const auto room = static_cast<std::size_t>(std::max(most + 1, CPU_SETSIZE));
  set_.reset(CPU_ALLOC(room));
  bytes_ = CPU_ALLOC_SIZE(room);
  CPU_ZERO_S(bytes_, set_.get());
  for (const int cpu : cpus) CPU_SET_S(static_cast<std::size_t>(cpu), bytes_, set_.get());
}

std::vector<int> affinity_of(pid_t pid) {
  for (int room = 1024; room <= kMostCpus; room *= 2) {  // EINVAL until the set is as large as the kernel's
    std::vector<cpu_set_t> set(CPU_ALLOC_SIZE(static_cast<std::size_t>(room)) / sizeof(cpu_set_t));
    const std::size_t bytes = set.size() * sizeof(cpu_set_t);
    if (sched_getaffinity(pid, bytes, set.data()) != 0) {
      if (errno == EINVAL) continue;
      return {};
    }
    std::vector<int> cpus;
    for (int cpu = 0; cpu < room; ++cpu) {
      if (CPU_ISSET_S(static_cast<std::size_t>(cpu), bytes, set.data())) cpus.push_back(cpu);
    }
    return cpus;
  }
  return {};
}

int last_cpu_of(pid_t pid) {
  const auto text = read_file("/proc/" + std::to_string(pid) + "/stat");
  const std::size_t name_end = text ? text->rfind(')') : std::string::npos;  // the name before it may hold anything
  if (name_end == std::string::npos) return -1;
  std::size_t at = name_end + 1;
  for (int field = 2; field < kProcessorField; ++field) {
    at = text->find(' ', at);
    if (at == std::string::npos) return -1;
    ++at;
  }
  int cpu = -1;
  std::from_chars(text->data() + at, text->data() + text->size(), cpu);
  return cpu;
}

}  // namespace unitcost
