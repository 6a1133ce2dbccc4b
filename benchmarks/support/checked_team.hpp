#pragma once
#include <functional>
#include <vector>

#include "benchmarks/support/team.hpp"

namespace unitcost {

/// run_team() for work that may throw, set-up above all: once all members have ended, the exception of the first of them that threw is thrown again.
TeamTimes run_checked_team(int members, const std::vector<int>& cpus, const std::function<void(int member)>& work);

}  // namespace unitcost
