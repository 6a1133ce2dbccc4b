#include <array>

#include <fmt/format.h>

#include "harness/base/error.hpp"
#include "harness/scenario/faults.hpp"
#include "harness/scenario/parse.hpp"
#include "harness/scenario/words.hpp"

namespace unitcost {

std::uint64_t parse_size(std::string_view text) {
  const std::optional<std::uint64_t> bytes = size_in(text);
  if (!bytes)
    throw BadInput(fmt::format("{} is not a size; write it as \"4KiB\", \"8MiB\", \"1GiB\" or a number of bytes",
                               in_quotes(text)));
  return *bytes;
}

std::string format_size(std::uint64_t bytes) {
  static constexpr std::array<const char*, 7> kUnits{"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
  std::size_t unit = 0;
  std::uint64_t scale = 1;
  while (unit + 1 < kUnits.size() && bytes / scale >= 1024) {
    scale *= 1024;
    ++unit;
  }
  if (bytes % scale == 0) return fmt::format("{} {}", bytes / scale, kUnits[unit]);
  return fmt::format("{:.4g} {}", static_cast<double>(bytes) / static_cast<double>(scale), kUnits[unit]);
}

}  // namespace unitcost
