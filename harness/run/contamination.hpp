#pragma once
// The rules by which a block is repeated: fixed before the run, blind to what the block measured (METHOD, section 4).
#include <string>
#include <vector>

#include "harness/store/block.hpp"

namespace unitcost {

constexpr double kMostStealShare = 0.02;
constexpr double kMostStealTicks = 2.0;
constexpr double kMostReferenceRatio = 1.10;

/// Of the spins before and after the block; 0 where neither was taken.
double slower_reference_ns(const Covariates& covariates);

/// "steal", "reference", "cpu", "throttled": what fired, in this order. `reference_median_ns` 0: not known yet, the rule is silent.
/// `ticks_per_s` of /proc/stat. A reading that is absent fires nothing.
std::vector<std::string> contamination_of(const Covariates& covariates, double reference_median_ns, double ticks_per_s);

}  // namespace unitcost
