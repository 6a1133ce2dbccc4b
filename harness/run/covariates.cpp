#include "harness/run/covariates.hpp"

#include <algorithm>

namespace unitcost {
namespace {

Reading grown(const std::optional<double>& before, const std::optional<double>& after) {
  if (!before || !after) return std::nullopt;
  return std::max(0.0, *after - *before);  // steal is known to run backwards on some hypervisors
}

Reading unless_negative(double value) { return value < 0 ? Reading{} : Reading{value}; }

std::vector<int> cpus_used(const ChildResult& child) {
  std::vector<int> used = child.cpus_used;
  if (child.last_cpu >= 0 && std::find(used.begin(), used.end(), child.last_cpu) == used.end())
    used.push_back(child.last_cpu);
  return used;
}

}  // namespace

Covariates covariates_of(const std::vector<int>& cpus_asked, const AroundBlock& around, const ChildResult& child,
                         double ticks_per_s) {
  const Readings& before = around.before;
  const Readings& after = around.after;
  Covariates covariates;
  covariates.cpus_asked = cpus_asked;
  covariates.cpus_used = cpus_used(child);
  auto& readings = covariates.readings;
  readings["wall_s"] = child.wall_s;
  readings["cpu_user_s"] = child.cpu_user_s;
  readings["cpu_system_s"] = child.cpu_system_s;
  readings["voluntary_switches"] = static_cast<double>(child.voluntary_switches);
  readings["involuntary_switches"] = static_cast<double>(child.involuntary_switches);
  readings["minor_faults"] = static_cast<double>(child.minor_faults);
  readings["major_faults"] = static_cast<double>(child.major_faults);
  readings["steal_ticks"] = grown(before.steal_ticks, after.steal_ticks);
  readings["irq_ticks"] = grown(before.irq_ticks, after.irq_ticks);
  const Reading busy_ticks = grown(before.busy_ticks, after.busy_ticks);
  // Ticks are coarse: this one may be negative, so that its sum over a run is right.
  if (busy_ticks) readings["others_cpu_s"] = *busy_ticks / ticks_per_s - child.cpu_user_s - child.cpu_system_s;
  else readings["others_cpu_s"] = std::nullopt;
  readings["pressure_cpu_us"] = grown(before.pressure_cpu_us, after.pressure_cpu_us);
  readings["pressure_memory_us"] = grown(before.pressure_memory_us, after.pressure_memory_us);
  readings["pressure_io_us"] = grown(before.pressure_io_us, after.pressure_io_us);
  readings["load_1min"] = after.load_1min;
  readings["frequency_khz"] = after.frequency_khz;
  readings["throttle_count"] = grown(before.throttle_count, after.throttle_count);
  readings["cgroup_throttled_us"] = grown(before.cgroup_throttled_us, after.cgroup_throttled_us);
  readings["reference_before_ns"] = unless_negative(around.reference_before_ns);
  readings["reference_after_ns"] = unless_negative(around.reference_after_ns);
  return covariates;
}

}  // namespace unitcost
