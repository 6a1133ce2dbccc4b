#pragma once
// What the check found, as Markdown for docs/method.md and for a terminal.
#include <map>
#include <string>

#include "harness/honesty/findings.hpp"

namespace unitcost {

/// `reasons`: case key -> why its pairs scatter, in a person's words; of the cases that scatter more than kNotableSd, one without a reason is shown as such.
std::string honesty_table(const Honesty& honesty, const std::map<std::string, std::string>& reasons);

}  // namespace unitcost
