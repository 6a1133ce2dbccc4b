#pragma once
// Which cases a round runs, and in which order: a pure function of the plan, the same on every machine.
#include <cstddef>
#include <vector>

#include "harness/plan/plan.hpp"

namespace unitcost {

/// Indices into plan.cases. Round 0: every case in the order of the plan. A counted round (1 … plan.rounds): the cases that are not dropped,
/// shuffled anew from the seed. A case with fewer rounds than the plan takes part in exactly so many, spread evenly;
/// two with the same number take part in the same ones, so that their ratio has a pair in each.
std::vector<std::size_t> order_of_round(const Plan& plan, int round);

bool takes_part(const Plan& plan, std::size_t index, int round);

}  // namespace unitcost
