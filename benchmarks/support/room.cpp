#include "benchmarks/support/room.hpp"

#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <string>
#include <string_view>

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

/// The number behind a name at the start of a line.
std::optional<std::uint64_t> field_in(const std::filesystem::path& file, std::string_view name) {
  std::ifstream in(file);
  std::string word;
  for (std::uint64_t number = 0; in >> word >> number;) {
    if (word == name) return number;
  }
  return std::nullopt;
}

/// Files of a control group, which are named otherwise in either version.
struct GroupFiles {
  const char* limit;
  const char* usage;
  const char* caches;  ///< key in memory.stat: pages of files that the kernel drops before it kills
};
constexpr GroupFiles kVersion2{"memory.max", "memory.current", "inactive_file"};
constexpr GroupFiles kVersion1{"memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file"};

/// What the limits of the group and of each of its parents leave.
std::optional<std::uint64_t> room_below(const std::filesystem::path& top, const std::string& path,
                                        const GroupFiles& files) {
  constexpr std::uint64_t kUnlimited = std::uint64_t{1} << 60;  // version 1 says "no limit" by a number near 2^63
  std::optional<std::uint64_t> least;
  for (std::filesystem::path group = path;; group = group.parent_path()) {
    const auto limit = number_in(top / group / files.limit);
    const auto used = number_in(top / group / files.usage);
    if (limit && used && *limit < kUnlimited) {
      const std::uint64_t caches = field_in(top / group / "memory.stat", files.caches).value_or(0);
      const std::uint64_t held = *used - std::min(*used, caches);
      least = std::min(least.value_or(kUnlimited), *limit - std::min(*limit, held));
    }
    if (group.empty()) return least;
  }
}

std::optional<std::uint64_t> least_of(std::optional<std::uint64_t> a, std::optional<std::uint64_t> b) {
  if (a && b) return std::min(*a, *b);
  return a ? a : b;
}

/// Lines of /proc/self/cgroup: "0::/path" of version 2, "7:memory:/path" of version 1.
std::optional<std::uint64_t> group_room(const std::filesystem::path& root) {
  std::ifstream in(root / "proc/self/cgroup");
  const std::filesystem::path mount = root / "sys/fs/cgroup";
  std::optional<std::uint64_t> least;
  for (std::string line; std::getline(in, line);) {
    const std::size_t first = line.find(':');
    const std::size_t second = first == std::string::npos ? first : line.find(":/", first + 1);
    if (second == std::string::npos) continue;
    const std::string controllers = "," + line.substr(first + 1, second - first - 1) + ",";
    const std::string path = line.substr(second + 2);
    if (controllers == ",,") least = least_of(least, room_below(mount, path, kVersion2));
    if (controllers.find(",memory,") != std::string::npos)
      least = least_of(least, room_below(mount / "memory", path, kVersion1));
  }
  return least;
}

}  // namespace

std::optional<std::uint64_t> available_bytes(const std::filesystem::path& root) {
  return least_of(machine_room(root), group_room(root));
}

void need_pages_of_4_kib() {
  constexpr long kBytes = 4096;
  if (const long bytes = sysconf(_SC_PAGESIZE); bytes != kBytes)
    throw CannotMeasure(fmt::format("base pages have {} KiB here, and this counts pages of 4 KiB", bytes / 1024));
}

void need_memory(std::uint64_t bytes) {
  const auto room = available_bytes();
  if (room && *room < bytes) {
    throw CannotMeasure(fmt::format("needs {} MiB of memory, {} MiB are available", (bytes >> 20) + 1, *room >> 20));
  }
}

}  // namespace unitcost
