#pragma once
// The cases of a plan in the very shape in which run.json has them, read without a document in between. They are the longest part of the file
// that no two runs share.
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "harness/plan/plan.hpp"

namespace unitcost {

struct PlainCases {
  std::vector<PlannedCase> cases;
  std::string canonical;    ///< the list as Boost.JSON writes it once it has read it
  std::size_t letters = 0;  ///< how long the list is in the text
};

/// Fills `into`, whatever was in it, with the list with which `text` begins, as planned_case_from_json reads each of its items. False when it is
/// written in any other way than ours or is wrong: then the long way decides, and says why.
bool read_plain_cases(std::string_view text, PlainCases& into);

}  // namespace unitcost
