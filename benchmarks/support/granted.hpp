#pragma once
#include <cstdint>

#include "benchmarks/support/mapping.hpp"

namespace unitcost {

/// Touches all of `memory`, which was made for `pages`. Throws CannotMeasure where the machine has less memory or gives no huge pages.
void make_present(const Mapping& memory, Pages pages);

/// Private memory of at least `bytes` that is touched, by the calling thread, on pages of the kind asked for. Throws as make_present().
Mapping granted(std::uint64_t bytes, Pages pages);

}  // namespace unitcost
