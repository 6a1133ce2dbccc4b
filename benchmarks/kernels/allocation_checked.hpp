#pragma once
// Work that is nearly all loads, stores and small allocations: what the checks of AddressSanitizer are paid for. Compiled once as it is and once with them.
#include <cstdint>

namespace unitcost::kernels {

/// Fills an array with `count` numbers drawn from `seed` and sorts it. Every number times its place, added up (modulo 2^64).
std::uint64_t sort_numbers(std::uint64_t count, std::uint64_t seed);

/// Builds a singly linked list of `count` numbers drawn from `seed`, one allocation a number, walks it, and gives every node back.
/// Every number times its place in the list, added up (modulo 2^64).
std::uint64_t build_list(std::uint64_t count, std::uint64_t seed);

}  // namespace unitcost::kernels
