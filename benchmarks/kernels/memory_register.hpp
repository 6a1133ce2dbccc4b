#pragma once
// The same chain of additions in a register and in memory.
#include <cstdint>

namespace unitcost::kernels {

/// start + links · step, by `links` additions of which each needs the one before. `step` is in a register as well: processors fold
/// additions of constants, and eliminate moves, when they rename registers.
std::uint64_t add_chain(std::uint64_t start, std::uint64_t step, std::uint64_t links);

/// Adds `step` to `cell` `links` times, each time by one instruction that loads, adds and stores, and gives what the cell then holds: every link waits for what the link before has stored.
std::uint64_t add_chain_in_memory(std::uint64_t& cell, std::uint64_t step, std::uint64_t links);

/// The same by instructions of their own: each link adds in a register, stores to `cell` and loads from it at once. Some processors know such a pair and hand the value over without the way through memory.
std::uint64_t add_chain_stored_and_loaded(std::uint64_t& cell, std::uint64_t step, std::uint64_t links);

}  // namespace unitcost::kernels
