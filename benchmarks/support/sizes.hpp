#pragma once
// The sizes that programs list and scenarios choose from: four an octave, {1, 1.25, 1.5, 1.75}·2^k, so that cache sizes of real machines (48 KiB, 1.25 MiB) are among them.
#include <cstdint>
#include <vector>

namespace unitcost {

constexpr std::uint64_t kKiB = std::uint64_t{1} << 10;
constexpr std::uint64_t kMiB = std::uint64_t{1} << 20;
constexpr std::uint64_t kGiB = std::uint64_t{1} << 30;

/// From `from` (a power of two, at least 4) up to and with `to`, ascending.
std::vector<std::uint64_t> sizes_between(std::uint64_t from, std::uint64_t to);

}  // namespace unitcost
