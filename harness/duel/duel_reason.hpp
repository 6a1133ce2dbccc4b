#pragma once
// What came out, in words.
#include <string>

#include "harness/duel/judge_duel.hpp"

namespace unitcost {

const char* outcome_text(DuelOutcome outcome);  ///< "regression", "improvement", "equivalent", "inconclusive"

/// "4.82 %"; "3.1 × as much" from a doubling on.
std::string share_text(double ratio_minus_one);

/// One sentence: how much slower or faster, or what was not seen and what would decide.
std::string reason_of(const JudgedCase& judged);

}  // namespace unitcost
