#pragma once
// What a reader must know before believing a comparison.
#include <string>
#include <vector>

#include "harness/compare/sources.hpp"

namespace unitcost {

std::vector<std::string> warnings_of(const Side& a, const Side& b);

/// How long a session takes: the median over both sides; 0 when no session says.
double session_seconds(const Side& a, const Side& b);

}  // namespace unitcost
