#pragma once
// Resident bytes of this process, exact: the kernel's other counters are kept per CPU and may be some pages behind.
#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <charconv>
#include <cstdint>
#include <optional>
#include <string_view>

namespace unitcost {

/// The number of the line "Rss: n kB", in bytes; empty when there is none.
inline std::optional<std::uint64_t> resident_in(std::string_view smaps_rollup) {
  constexpr std::string_view kKey = "\nRss:";
  const auto line = smaps_rollup.find(kKey);
  if (line == std::string_view::npos) return std::nullopt;
  const auto first = smaps_rollup.find_first_not_of(' ', line + kKey.size());
  if (first == std::string_view::npos) return std::nullopt;
  std::uint64_t kib = 0;
  const auto [end, error] =
      std::from_chars(smaps_rollup.data() + first, smaps_rollup.data() + smaps_rollup.size(), kib);
  if (error != std::errc{} || !std::string_view(end, smaps_rollup.data() + smaps_rollup.size()).starts_with(" kB"))
    return std::nullopt;
  return kib * 1024;
}

/// Allocates nothing. Empty where the kernel has no /proc/self/smaps_rollup (before Linux 4.14) or does not let it be read.
inline std::optional<std::uint64_t> resident_bytes() {
  const int file = open("/proc/self/smaps_rollup", O_RDONLY | O_CLOEXEC);
  if (file < 0) return std::nullopt;
  std::array<char, 2048> text{};
  const ssize_t length = read(file, text.data(), text.size());
  close(file);
  if (length <= 0) return std::nullopt;
  return resident_in({text.data(), static_cast<std::size_t>(length)});
}

}  // namespace unitcost
