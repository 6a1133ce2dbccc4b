#pragma once
// Sentences that differ in nothing but their numbers, said once: "5.1 to 12 % of the time" of "12 % of the time" and "5.1 % of the time".
#include <string>
#include <vector>

namespace unitcost {

/// `text` without its numbers: equal for sentences that can be joined. Digits within a word ("x86", a digest) or a version are no numbers.
std::string without_numbers(const std::string& text);

/// One sentence for all of `texts`, which have the same without_numbers(): where their numbers differ, from the least to the largest. Not empty.
std::string with_ranges(const std::vector<std::string>& texts);

}  // namespace unitcost
