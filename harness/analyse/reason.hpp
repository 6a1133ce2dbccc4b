#pragma once
// The one sentence beside every verdict: what was found, where, against what, with units.
#include <string>

#include "harness/analyse/claims.hpp"

namespace unitcost {

/// Reads verdict, parts and edges of `judged`. A refuted claim ends with what is true instead.
std::string judgement_sentence(const JudgedClaim& judged, const Scenario& scenario);

/// "ratio at 16 KiB 1.01 × [0.998, 1.02], expected 0.9–1.1 ×".
std::string guard_sentence(const Measured& measured, const Guard& guard, const Edges& edges, const Scenario* scenario);

}  // namespace unitcost
