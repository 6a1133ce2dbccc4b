#include "benchmarks/support/room.hpp"

#include <algorithm>
#include <fstream>
#include <limits>
#include <string>

#include <fmt/format.h>

#include "benchmarks/support/case.hpp"

namespace unitcost {
namespace {

std::optional<std::uint64_t> number_in(const std::filesystem::path& file) {
  std::ifstream in(file);
  std::uint64_t number = 0;
  if (in >> number) return number;  // "max" (no limit) is no number
  return std::nullopt;
}

std::optional<std::uint64_t> machine_room(const std::filesystem::path& root) {
  std::ifstream in(root / "proc/meminfo");
  for (std::string line; std::getline(in, line);) {
    constexpr std::string_view kKey = "MemAvailable:";
    if (line.starts_with(kKey)) return std::stoull(line.substr(kKey.size())) * 1024;
  }
  return std::nullopt;
}

/// Version 2 groups: the limit of the group and of each of its parents counts.
std::optional<std::uint64_t> group_room(const std::filesystem::path& root) {
  std::ifstream in(root / "proc/self/cgroup");
  std::string path;
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("0::/")) path = line.substr(4);
  }
  const std::filesystem::path top = root / "sys/fs/cgroup";
  std::optional<std::uint64_t> least;
  for (std::filesystem::path group = path;; group = group.parent_path()) {
    const auto limit = number_in(top / group / "memory.max");
    const auto used = number_in(top / group / "memory.current");
    if (limit && used)
      least = std::min(least.value_or(std::numeric_limits<std::uint64_t>::max()), *limit - std::min(*limit, *used));
    if (group.empty()) return least;
  }
}

}  // namespace

std::optional<std::uint64_t> available_bytes(const std::filesystem::path& root) {
  const auto machine = machine_room(root);
  const auto group = group_room(root);
  if (machine && group) return std::min(*machine, *group);
  return machine ? machine : group;
}

void need_memory(std::uint64_t bytes) {
  const auto room = available_bytes();
  if (room && *room < bytes) {
    throw CannotMeasure(fmt::format("needs {} MiB of memory, {} MiB are available", (bytes >> 20) + 1, *room >> 20));
  }
}

}  // namespace unitcost
