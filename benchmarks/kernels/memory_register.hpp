#pragma once
// A chain of additions that lives in one register.
#include <cstdint>

namespace unitcost::kernels {

/// start + links · step, by `links` additions of which each needs the one before. `step` is in a register as well: processors fold
/// additions of constants, and eliminate moves, when they rename registers.
std::uint64_t add_chain(std::uint64_t start, std::uint64_t step, std::uint64_t links);

}  // namespace unitcost::kernels
