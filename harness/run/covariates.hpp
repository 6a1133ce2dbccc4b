#pragma once
// Two readings of the machine and the child's own account, put together as a block's covariates.
#include "harness/machine/readings.hpp"
#include "harness/run/process_runner.hpp"
#include "harness/store/block.hpp"

namespace unitcost {

struct AroundBlock {
  Readings before;
  Readings after;
  double reference_before_ns = -1.0;  ///< negative: could not be taken
  double reference_after_ns = -1.0;
};

/// Every covariate of METHOD, section 4, is a key; what the machine does not offer has no value.
Covariates covariates_of(const std::vector<int>& cpus_asked, const AroundBlock& around, const ChildResult& child,
                         double ticks_per_s);

}  // namespace unitcost
