#pragma once
// One line a case of a run, for a first look; intervals and verdicts are analysis' work.
#include <string>
#include <vector>

#include "harness/plan/plan.hpp"
#include "harness/store/block.hpp"

namespace unitcost::cli {

struct CaseSummary {
  std::string key;
  std::string counter;  ///< the program's own cost, else real_ns; empty when nothing was measured
  double median = 0.0;  ///< of the block medians of counted rounds
  int blocks = 0;       ///< counted and measured; of repeated ones the one that counts
  int contaminated = 0;
  int failed = 0;
  std::string note;  ///< why it did not run, or how it failed
};

/// In the order of the plan.
std::vector<CaseSummary> summarise(const Plan& plan, const std::vector<Block>& blocks);

}  // namespace unitcost::cli
