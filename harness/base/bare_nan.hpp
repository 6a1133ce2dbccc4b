#pragma once
#include <string>
#include <string_view>

namespace unitcost {

/// `text` with NaN, Infinity and -Infinity outside of strings replaced by null. Benchmark tools print them bare, which is no JSON (a
/// coefficient of variation of a counter that is 0 is enough); whoever needs the number then sees that there is none.
std::string with_nulls_for_nan(std::string_view text);

}  // namespace unitcost
