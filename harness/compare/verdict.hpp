#pragma once
// From ratio, interval and margin to an outcome and the sentence beside it.
#include "harness/compare/comparison.hpp"

namespace unitcost {

/// Fills in change, smallest_visible_ratio, sessions_needed and reason. `session_s`: how long a session takes; 0: not known.
void judge(ComparedCase& row, double session_s);

}  // namespace unitcost
