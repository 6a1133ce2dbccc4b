#include "harness/machine/readings.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <string_view>

#include <fmt/format.h>

#include "harness/machine/cgroup.hpp"

namespace unitcost {
namespace {

// user nice system idle iowait irq softirq steal: the columns of a CPU's line in /proc/stat
using Ticks = std::array<double, 8>;

void read_ticks(const std::string& text, const std::vector<int>& cpus, Readings& readings) {
  for (const int cpu : cpus) {
    const std::string start = fmt::format("\ncpu{} ", cpu);
    const std::size_t at = text.find(start);
    if (at == std::string::npos) continue;
    Ticks ticks{};
    const char* next = text.data() + at + start.size();
    const char* const end = text.data() + text.size();
    for (double& column : ticks) {
      const auto parsed = std::from_chars(next, end, column);
      next = parsed.ptr < end ? parsed.ptr + 1 : end;
    }
    readings.steal_ticks = readings.steal_ticks.value_or(0.0) + ticks[7];
    readings.irq_ticks = readings.irq_ticks.value_or(0.0) + ticks[5] + ticks[6];
    readings.busy_ticks = readings.busy_ticks.value_or(0.0) + ticks[0] + ticks[1] + ticks[2] + ticks[5] + ticks[6];
  }
}

/// "some avg10=0.00 avg60=0.00 avg300=0.00 total=123"
std::optional<double> pressure(const MachineRoot& root, const char* file) {
  const auto text = root.read(file);
  const std::size_t at = text ? text->find("total=") : std::string::npos;
  if (at == std::string::npos) return std::nullopt;
  return number_in(text->substr(at + 6));
}

std::string cpu_file(int cpu, const char* file) { return fmt::format("/sys/devices/system/cpu/cpu{}/{}", cpu, file); }

}  // namespace

ReadingSource::ReadingSource(const MachineRoot& root) : root_(&root), cpu_stat_paths_(cpu_stat_paths(root)) {}

std::optional<std::string> ReadingSource::read_if_there(const std::string& path) const {
  if (missing_.contains(path)) return std::nullopt;
  auto text = root_->read(path);
  if (!text) missing_.insert(path);
  return text;
}

Readings ReadingSource::read(const std::vector<int>& cpus) const {
  Readings readings;
  read_ticks(root_->read("/proc/stat").value_or(""), cpus, readings);
  readings.pressure_cpu_us = pressure(*root_, "/proc/pressure/cpu");
  readings.pressure_memory_us = pressure(*root_, "/proc/pressure/memory");
  readings.pressure_io_us = pressure(*root_, "/proc/pressure/io");
  readings.load_1min = number_in(root_->read("/proc/loadavg"));
  double frequencies = 0.0;
  for (const int cpu : cpus) {
    const auto khz = number_in(read_if_there(cpu_file(cpu, "cpufreq/scaling_cur_freq")));
    if (khz) readings.frequency_khz = (frequencies += *khz) / static_cast<double>(cpus.size());
    const auto throttled = number_in(read_if_there(cpu_file(cpu, "thermal_throttle/core_throttle_count")));
    if (throttled) readings.throttle_count = readings.throttle_count.value_or(0.0) + *throttled;
  }
  for (const std::string& path : cpu_stat_paths_) {
    const auto us = throttled_us(root_->read(path).value_or(""));
    if (us) readings.cgroup_throttled_us = readings.cgroup_throttled_us.value_or(0.0) + *us;
  }
  return readings;
}

std::map<std::string, std::string> ReadingSource::absent(const std::vector<int>& cpus) const {
  const Readings now = read(cpus);
  std::map<std::string, std::string> reasons;
  const auto note = [&](const char* name, const std::optional<double>& reading, const char* reason) {
    if (!reading) reasons[name] = reason;
  };
  note("steal_ticks", now.steal_ticks, "/proc/stat does not list this CPU");
  note("irq_ticks", now.irq_ticks, "/proc/stat does not list this CPU");
  note("pressure_cpu_us", now.pressure_cpu_us, "the kernel keeps no pressure stall information (/proc/pressure)");
  note("pressure_memory_us", now.pressure_memory_us, "the kernel keeps no pressure stall information (/proc/pressure)");
  note("pressure_io_us", now.pressure_io_us, "the kernel keeps no pressure stall information (/proc/pressure)");
  note("load_1min", now.load_1min, "/proc/loadavg cannot be read");
  note("frequency_khz", now.frequency_khz, "no cpufreq driver shows the frequency, as in most virtual machines");
  note("throttle_count", now.throttle_count, "no thermal throttle counter, as in most virtual machines");
  note("cgroup_throttled_us", now.cgroup_throttled_us, "no CPU bandwidth counter in this process's control group");
  return reasons;
}

}  // namespace unitcost
