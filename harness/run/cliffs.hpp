#pragma once
// Where round 0 saw the latency curve rise, so that sizes near it can be added before the plan is frozen.
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "harness/plan/plan.hpp"
#include "harness/run/ledger.hpp"
#include "harness/scenario/scenario.hpp"

namespace unitcost {

/// "<scenario>:<axis>" -> sizes in bytes, for every axis that asks for points near the cliffs. An axis without a curve of its own takes those of memory/cache_cliffs.
std::map<std::string, std::vector<std::uint64_t>> find_cliffs(const std::vector<Scenario>& scenarios, const Plan& plan,
                                                              const Ledger& ledger);

}  // namespace unitcost
