#include "harness/machine/cgroup.hpp"

#include <algorithm>
#include <sstream>
#include <vector>

namespace unitcost {
namespace {

constexpr const char* kMount = "/sys/fs/cgroup";
constexpr double kUnlimited = 1e18;  // version 1 says "no limit" by a number near 2^63

/// The path of this process's group for a controller of version 1, or for version 2 with an empty name; nothing when it is in none.
std::optional<std::string> group_path(const MachineRoot& root, const std::string& controller) {
  std::istringstream lines(root.read("/proc/self/cgroup").value_or(""));
  for (std::string line; std::getline(lines, line);) {
    const std::size_t first = line.find(':');
    const std::size_t second = first == std::string::npos ? first : line.find(':', first + 1);
    if (second == std::string::npos) continue;
    const std::string names = "," + line.substr(first + 1, second - first - 1) + ",";
    const bool fits = controller.empty() ? names == ",," : names.find("," + controller + ",") != std::string::npos;
    if (fits) return line.substr(second + 1);
  }
  return std::nullopt;
}

/// The group's folder and those above it, up to the mount point.
std::vector<std::string> folders(const std::string& mount, std::string path) {
  std::vector<std::string> found;
  while (path.size() > 1) {
    found.push_back(mount + path);
    path = path.substr(0, path.rfind('/'));
  }
  found.push_back(mount);
  return found;
}

struct MemoryFiles {
  const char* limit;
  const char* usage;
  const char* reclaimable;  // key in memory.stat
};

void tighten(CgroupLimits& limits, const MachineRoot& root, const std::string& folder, const MemoryFiles& files) {
  const auto limit = number_in(root.read(folder + files.limit));
  const auto usage = number_in(root.read(folder + files.usage));
  if (!limit || *limit > kUnlimited) return;
  limits.memory_limit_bytes = std::min(limits.memory_limit_bytes.value_or(*limit), *limit);
  if (!usage) return;
  const double caches = field_of(root.read(folder + "/memory.stat").value_or(""), files.reclaimable).value_or(0.0);
  const double left = std::max(0.0, *limit - (*usage - std::min(caches, *usage)));
  limits.memory_left_bytes = std::min(limits.memory_left_bytes.value_or(left), left);
}

/// CPUs that a group of version 2, or of version 1, may use by its quota; absent: all.
std::optional<double> quota_cpus(std::optional<double> quota, std::optional<double> period) {
  if (!quota || !period || *quota <= 0 || *period <= 0) return std::nullopt;
  return *quota / *period;
}

std::optional<double> quota_of_version_2(const MachineRoot& root, const std::string& folder) {
  std::istringstream quota(root.read(folder + "/cpu.max").value_or(""));
  double microseconds = 0.0;
  double period = 0.0;
  return quota >> microseconds >> period ? quota_cpus(microseconds, period) : std::nullopt;
}

std::optional<double> quota_of_version_1(const MachineRoot& root, const std::string& folder) {
  return quota_cpus(number_in(root.read(folder + "/cpu.cfs_quota_us")),
                    number_in(root.read(folder + "/cpu.cfs_period_us")));
}

bool has_quota(const MachineRoot& root, const std::string& folder) {
  return quota_of_version_2(root, folder) || quota_of_version_1(root, folder);
}

void tighten_cpus(CgroupLimits& limits, std::optional<double> cpus) {
  if (cpus) limits.cpus = std::min(limits.cpus.value_or(*cpus), *cpus);
}

}  // namespace

CgroupLimits read_cgroup_limits(const MachineRoot& root) {
  CgroupLimits limits;
  if (const auto path = group_path(root, "")) {
    for (const std::string& folder : folders(kMount, *path)) {
      tighten(limits, root, folder, {"/memory.max", "/memory.current", "inactive_file"});
      tighten_cpus(limits, quota_of_version_2(root, folder));
    }
  }
  if (const auto path = group_path(root, "memory")) {
    for (const std::string& folder : folders(std::string(kMount) + "/memory", *path)) {
      tighten(limits, root, folder, {"/memory.limit_in_bytes", "/memory.usage_in_bytes", "total_inactive_file"});
    }
  }
  if (const auto path = group_path(root, "cpu")) {
    for (const std::string& folder : folders(std::string(kMount) + "/cpu", *path)) {
      tighten_cpus(limits, quota_of_version_1(root, folder));
    }
  }
  return limits;
}

std::vector<std::string> cpu_stat_paths(const MachineRoot& root) {
  std::vector<std::string> candidates;
  if (const auto path = group_path(root, "")) candidates = folders(kMount, *path);
  if (const auto path = group_path(root, "cpu")) {
    for (std::string& folder : folders(std::string(kMount) + "/cpu", *path)) candidates.push_back(std::move(folder));
  }
  std::vector<std::string> found;
  for (const std::string& folder : candidates) {
    std::string file = folder + "/cpu.stat";
    const auto text = root.read(file);
    if (!text || !throttled_us(*text)) continue;
    if (found.empty() || has_quota(root, folder)) found.push_back(std::move(file));
  }
  return found;
}

std::optional<double> throttled_us(const std::string& cpu_stat) {
  if (const auto us = field_of(cpu_stat, "throttled_usec")) return us;
  if (const auto ns = field_of(cpu_stat, "throttled_time")) return *ns / 1000.0;
  return std::nullopt;
}

}  // namespace unitcost
