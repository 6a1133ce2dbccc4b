#pragma once
// Where round 0 saw the latency curve rise, so that sizes near it can be added before the plan is frozen.
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "harness/plan/plan.hpp"
#include "harness/run/ledger.hpp"
#include "harness/scenario/scenario.hpp"

namespace unitcost {

/// "<scenario>:<axis>" -> sizes in bytes, for every axis that asks for points near the cliffs. An axis without a curve of its own takes those of memory/cache_cliffs.
std::map<std::string, std::vector<std::uint64_t>> find_cliffs(const std::vector<Scenario>& scenarios, const Plan& plan,
                                                              const Ledger& ledger);

/// Keys of the cases that make up the curves in which cliffs are looked for: the levels of the report are read from the same curves.
std::set<std::string> cases_of_cliff_curves(const std::vector<Scenario>& scenarios, const Plan& plan);

/// Keys of the cases by which claims are guarded, their controls and native ceilings: one that is read too roughly leaves its claims undecided. Of a sweep those that the
/// guard's position may mean.
std::set<std::string> cases_of_guards(const std::vector<Scenario>& scenarios, const Plan& plan);

}  // namespace unitcost
