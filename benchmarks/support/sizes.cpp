#include "benchmarks/support/sizes.hpp"

#include <bit>
#include <stdexcept>

namespace unitcost {

std::vector<std::uint64_t> sizes_between(std::uint64_t from, std::uint64_t to) {
  if (!std::has_single_bit(from) || from < 4)
    throw std::invalid_argument("sizes_between: `from` is a power of two of at least 4");
  std::vector<std::uint64_t> sizes;
  for (std::uint64_t octave = from; octave <= to; octave *= 2) {
    for (std::uint64_t quarters = 4; quarters < 8; ++quarters) {
      if (octave / 4 * quarters <= to) sizes.push_back(octave / 4 * quarters);
    }
  }
  return sizes;
}

}  // namespace unitcost
