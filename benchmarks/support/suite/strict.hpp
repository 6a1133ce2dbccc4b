#pragma once
// Google Benchmark prints a number that is none as a bare NaN or Infinity, which no JSON parser reads.
#include "benchmarks/support/reporters.hpp"

namespace unitcost {

/// `runs` without such numbers: a sample that has one becomes a row with the error `failed: ...` that names it, a statistic without a value is left out.
Runs strict(const Runs& runs);

}  // namespace unitcost
