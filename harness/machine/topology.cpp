#include "harness/machine/topology.hpp"

#include <hwloc.h>
#include <sched.h>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <memory>
#include <sstream>
#include <thread>

#include <fmt/format.h>

namespace unitcost {
namespace {

struct Destroy {
  void operator()(hwloc_topology* topology) const { hwloc_topology_destroy(topology); }
};
using Handle = std::unique_ptr<hwloc_topology, Destroy>;

Handle load() {
  hwloc_topology_t raw = nullptr;
  if (hwloc_topology_init(&raw) != 0) return nullptr;
  Handle handle(raw);
  hwloc_topology_set_io_types_filter(raw, HWLOC_TYPE_FILTER_KEEP_NONE);
  hwloc_topology_set_flags(raw, HWLOC_TOPOLOGY_FLAG_RESTRICT_TO_CPUBINDING | HWLOC_TOPOLOGY_FLAG_IS_THISSYSTEM);
  return hwloc_topology_load(raw) == 0 ? std::move(handle) : nullptr;
}

int index_of(hwloc_topology_t topology, hwloc_obj_type_t type, hwloc_obj_t unit, int otherwise) {
  const hwloc_obj* above = hwloc_get_ancestor_obj_by_type(topology, type, unit);
  return above == nullptr ? otherwise : static_cast<int>(above->logical_index);
}

Topology without_hwloc() {
  Topology topology;
  const int count = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
  for (int id = 0; id < count; ++id) topology.cpus.push_back({id, id, 0});
  return topology;
}

const Cpu& primary_of(const Topology& topology, const std::map<int, double>& interrupts) {
  const auto busiest = std::max_element(interrupts.begin(), interrupts.end(),
                                        [](const auto& a, const auto& b) { return a.second < b.second; });
  const auto penalty = [&](const Cpu& cpu) {
    const bool is_busiest = busiest != interrupts.end() && busiest->first == cpu.id && busiest->second > 0;
    return (cpu.id == 0 ? 2 : 0) + (is_busiest ? 1 : 0);
  };
  return *std::min_element(topology.cpus.begin(), topology.cpus.end(),
                           [&](const Cpu& a, const Cpu& b) { return penalty(a) < penalty(b); });
}

/// The primary, then one thread of every other core, then the threads that are left.
std::vector<int> spread(const Topology& topology, const Cpu& primary) {
  std::vector<int> chosen{primary.id};
  std::vector<int> cores{primary.core};
  std::vector<int> rest;
  for (const Cpu& cpu : topology.cpus) {
    if (cpu.id == primary.id) continue;
    if (std::find(cores.begin(), cores.end(), cpu.core) == cores.end()) {
      cores.push_back(cpu.core);
      chosen.push_back(cpu.id);
    } else {
      rest.push_back(cpu.id);
    }
  }
  chosen.insert(chosen.end(), rest.begin(), rest.end());
  return chosen;
}

CpuChoice pair(const Topology& topology, const Cpu& primary, bool same_core) {
  const auto pairs_with = [&](const Cpu& first, const Cpu& second) {
    return first.id != second.id && (first.core == second.core) == same_core;
  };
  for (const Cpu& other : topology.cpus) {
    if (pairs_with(primary, other)) return {{primary.id, other.id}, ""};
  }
  for (const Cpu& first : topology.cpus) {
    for (const Cpu& second : topology.cpus) {
      if (pairs_with(first, second)) return {{first.id, second.id}, ""};
    }
  }
  return {{},
          same_core ? "no core with two hardware threads is usable here"
                    : "CPUs of two cores are needed, one is usable here"};
}

}  // namespace

int Topology::threads_per_core() const {
  std::map<int, int> threads;
  int most = 1;
  for (const Cpu& cpu : cpus) most = std::max(most, ++threads[cpu.core]);
  return most;
}

Topology read_topology() {
  const Handle handle = load();
  if (!handle) return without_hwloc();
  Topology topology;
  const int count = hwloc_get_nbobjs_by_type(handle.get(), HWLOC_OBJ_PU);
  for (int i = 0; i < count; ++i) {
    hwloc_obj* unit = hwloc_get_obj_by_type(handle.get(), HWLOC_OBJ_PU, static_cast<unsigned>(i));
    topology.cpus.push_back({static_cast<int>(unit->os_index),
                             index_of(handle.get(), HWLOC_OBJ_CORE, unit, static_cast<int>(unit->os_index)),
                             index_of(handle.get(), HWLOC_OBJ_PACKAGE, unit, 0)});
  }
  if (topology.cpus.empty()) return without_hwloc();
  std::sort(topology.cpus.begin(), topology.cpus.end(), [](const Cpu& a, const Cpu& b) { return a.id < b.id; });
  topology.numa_nodes = std::max(1, hwloc_get_nbobjs_by_type(handle.get(), HWLOC_OBJ_NUMANODE));
  return topology;
}

std::map<int, double> interrupts_by_cpu(const MachineRoot& root) {
  const auto text = root.read("/proc/interrupts");
  if (!text) return {};
  std::istringstream lines(*text);
  std::string line;
  std::getline(lines, line);
  std::vector<int> columns;
  std::istringstream head(line);
  for (std::string word; head >> word;) {
    if (word.starts_with("CPU")) columns.push_back(std::atoi(word.c_str() + 3));
  }
  std::map<int, double> sums;
  while (std::getline(lines, line)) {
    std::istringstream row(line);
    std::string name;
    row >> name;
    for (const int cpu : columns) {
      double count = 0.0;
      if (!(row >> count)) break;
      sums[cpu] += count;
    }
  }
  return sums;
}

CpuChoice choose_cpus(const Topology& topology, const std::map<int, double>& interrupts, const std::string& wish) {
  const Cpu& primary = primary_of(topology, interrupts);
  if (wish == "one") return {{primary.id}, ""};
  if (wish == "pair-same-core") return pair(topology, primary, true);
  if (wish == "pair-cross-core") return pair(topology, primary, false);
  std::vector<int> all = spread(topology, primary);
  if (wish == "all") return {all, ""};
  std::size_t count = 0;
  const auto [end, error] = std::from_chars(wish.data(), wish.data() + wish.size(), count);
  if (error != std::errc{} || end != wish.data() + wish.size() || count == 0)
    return {{}, fmt::format("'{}' is no CPU set", wish)};
  if (count > all.size()) return {{}, fmt::format("{} CPUs are needed, {} usable here", count, all.size())};
  all.resize(count);
  return {all, ""};
}

int waiting_cpu(const Topology& topology, const std::vector<int>& block_cpus) {
  const auto is_in_block = [&](int id) {
    return std::find(block_cpus.begin(), block_cpus.end(), id) != block_cpus.end();
  };
  const auto shares_core = [&](const Cpu& cpu) {
    return std::any_of(topology.cpus.begin(), topology.cpus.end(),
                       [&](const Cpu& other) { return other.core == cpu.core && is_in_block(other.id); });
  };
  for (const Cpu& cpu : topology.cpus) {
    if (!is_in_block(cpu.id) && !shares_core(cpu)) return cpu.id;
  }
  for (const Cpu& cpu : topology.cpus) {
    if (!is_in_block(cpu.id)) return cpu.id;
  }
  return topology.cpus.front().id;
}

}  // namespace unitcost
