#pragma once
// Facts about the build that measures (docs/formats.md, section 3), and whether two builds are one.
#include <string>

#include "harness/machine/fact.hpp"

namespace unitcost {

/// Everything but Python's facts.
Facts build_facts();

/// The facts in which two builds differ, "commit a (was b), flags …"; empty: the same build.
std::string build_difference(const Facts& before, const Facts& now);

}  // namespace unitcost
