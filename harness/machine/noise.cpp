#include "harness/machine/noise.hpp"

#include <fmt/format.h>

#include "harness/machine/cgroup.hpp"
#include "harness/machine/facts.hpp"
#include "harness/machine/memory.hpp"
#include "harness/machine/readings.hpp"

namespace unitcost {
namespace {

constexpr double kBusyLoad = 0.3;  // tasks that want a CPU while we measure
constexpr double kNoticeableSteal = 0.005;

std::string text_of(const Facts& facts, const std::string& name) {
  const auto found = facts.find(name);
  return found == facts.end() || found->second.value.is_null() ? "" : fact_text(found->second);
}

bool is_missing(const Facts& facts, const std::string& name) {
  const auto found = facts.find(name);
  return found == facts.end() || found->second.value.is_null();
}

std::string reason_of(const Facts& facts, const std::string& name) {
  const auto found = facts.find(name);
  return found == facts.end() ? "not looked at" : found->second.reason;
}

/// Share of all CPU time since boot that a hypervisor gave to others.
double steal_share(const MachineRoot& root, const Topology& topology) {
  std::vector<int> cpus;
  for (const Cpu& cpu : topology.cpus) cpus.push_back(cpu.id);
  const Readings now = ReadingSource(root).read(cpus);
  const double busy = now.busy_ticks.value_or(0.0) + now.steal_ticks.value_or(0.0);
  return busy > 0 ? now.steal_ticks.value_or(0.0) / busy : 0.0;
}

bool boosts(const MachineRoot& root) {
  const auto no_turbo = number_in(root.read("/sys/devices/system/cpu/intel_pstate/no_turbo"));
  const auto boost = number_in(root.read("/sys/devices/system/cpu/cpufreq/boost"));
  return (no_turbo && *no_turbo == 0) || (boost && *boost == 1);
}

double swapped_kib(const MachineRoot& root) {
  const std::string memory = root.read("/proc/meminfo").value_or("");
  return field_of(memory, "SwapTotal").value_or(0.0) - field_of(memory, "SwapFree").value_or(0.0);
}

}  // namespace

std::vector<Finding> find_noise(const MachineRoot& root, const Topology& topology, const Facts& facts) {
  std::vector<Finding> found;
  const auto note = [&](bool present, const char* name, std::string state, const char* hint) {
    if (present) found.push_back({name, std::move(state), hint});
  };
  const double load = number_in(root.read("/proc/loadavg")).value_or(0.0);
  note(load > kBusyLoad, "load", fmt::format("{:.2f} tasks want a CPU already", load),
       "close what is running, or wait; blocks beside it come out slower");
  const std::string guest = text_of(facts, "guest");
  note(!guest.empty() && guest != "none", "guest", "this is a guest of " + guest,
       "its neighbours share caches and memory; claims are marked \"guest\"");
  note(text_of(facts, "emulated").starts_with("yes"), "emulated", text_of(facts, "emulated"),
       "claims get no verdict here; use real hardware or a hardware-assisted guest");
  const double steal = steal_share(root, topology);
  note(steal > kNoticeableSteal, "steal",
       fmt::format("{:.1f} % of the busy time since boot went to other guests", 100.0 * steal),
       "blocks with steal are repeated; a dedicated machine has none");
  const std::string governor = text_of(facts, "governor");
  note(!governor.empty() && governor != "performance", "governor", governor,
       "the clock moves with the load; `cpupower frequency-set -g performance` holds it (not done by this program)");
  note(boosts(root), "boost", "the clock rises above its nominal value while it is cool",
       "numbers depend on temperature; turning boost off makes them repeatable and slower");
  note(topology.threads_per_core() > 1, "smt", fmt::format("{} threads share a core", topology.threads_per_core()),
       "work on the other thread slows a block down; keep the machine idle");
  const auto limits = read_cgroup_limits(root);
  note(limits.cpus.has_value(), "cgroup quota",
       fmt::format("this group may use {:.2g} CPUs", limits.cpus.value_or(0.0)),
       "blocks that were held back are repeated; run without --cpus");
  note(text_of(facts, "aslr") == "0", "aslr", "address layout is not randomised",
       "layout is averaged over by drawing it anew; kernel.randomize_va_space=2 is the default");
  note(swapped_kib(root) > 0, "swap", fmt::format("{:.0f} MiB are swapped out", swapped_kib(root) / 1024.0),
       "memory is or was short; close what needs it");
  note(reports_free_memory(root), "memory", "free memory goes back to the host at once",
       "a run holds what its largest block needs, so that it stays; other programs still wait for memory they touch");
  return found;
}

std::vector<Finding> find_gaps(const MachineRoot& root, const Topology& topology, const Facts& facts) {
  std::vector<Finding> found;
  const auto note = [&](bool missing, const char* name, std::string reason, const char* hint) {
    if (missing) found.push_back({name, std::move(reason), hint});
  };
  note(is_missing(facts, "strace"), "counts of system calls", reason_of(facts, "strace"),
       "syscall cases with #syscalls stay empty until then");
  note(is_missing(facts, "python"), "Python cases", reason_of(facts, "python"), "C++ cases are measured all the same");
  note(topology.cpus.size() < 2, "two threads at once", "one CPU is usable",
       "scaling and contention need two; see taskset and the container's --cpuset-cpus");
  note(!choose_cpus(topology, {}, "pair-same-core").reason.empty(), "pairs on one core",
       choose_cpus(topology, {}, "pair-same-core").reason,
       "needs simultaneous multithreading, switched on and shown to this machine");
  note(text_of(facts, "huge_pages") == "never" || is_missing(facts, "huge_pages"), "huge pages",
       is_missing(facts, "huge_pages") ? reason_of(facts, "huge_pages") : "transparent huge pages are set to never",
       "madvise or always in /sys/kernel/mm/transparent_hugepage/enabled allows them");
  const double perf = number_in(root.read("/proc/sys/kernel/perf_event_paranoid")).value_or(99);
  note(perf > 2, "hardware counters",
       is_missing(facts, "perf") ? reason_of(facts, "perf") : fmt::format("kernel.perf_event_paranoid is {:.0f}", perf),
       "they are never required; 2 or less offers them");
  std::vector<int> first{topology.cpus.front().id};
  for (const auto& [name, reason] : ReadingSource(root).absent(first))
    found.push_back({name, reason, "blocks record null; nothing is judged by it"});
  const std::uint64_t free_bytes = free_memory_bytes(root);
  note(free_bytes / 2 < (std::uint64_t{1} << 30U), "working sets of a gigabyte",
       fmt::format("half of what is free is {} MiB", free_bytes / 2 >> 20U),
       "close what needs memory, or raise the container's limit");
  return found;
}

}  // namespace unitcost
