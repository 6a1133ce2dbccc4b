#pragma once
// Numbers that follow from a seed and a name, so that what is drawn for a block does not depend on which blocks came before it.
#include <cstdint>
#include <string_view>

namespace unitcost {

/// One step of splitmix64 (Steele, Lea, Flood 2014): a bijection that scatters neighbouring numbers.
std::uint64_t mix64(std::uint64_t x);

/// Depends on every byte of `text` and on `seed`; not for security.
std::uint64_t hash64(std::uint64_t seed, std::string_view text);

}  // namespace unitcost
