#pragma once
// Everything that a process draws by lot follows from one seed (--unitcost_seed).
#include <cstdint>

namespace unitcost {

/// Begins anew with `seed`.
void start_draws(std::uint64_t seed);

/// The seed of this block (--unitcost_seed, 1 without it).
std::uint64_t block_seed();

/// A seed that differs for every call, drawn from the block's: for what is placed anew at each repetition.
std::uint64_t next_draw();

}  // namespace unitcost
