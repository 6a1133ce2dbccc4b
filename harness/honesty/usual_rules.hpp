#pragma once
// Four rules over the same pairs: three that are in use elsewhere, and ours.
#include <array>
#include <cstddef>
#include <vector>

#include "harness/duel/judge_duel.hpp"

namespace unitcost {

enum class Told { kSilent, kSlower, kFaster };  ///< what a rule says of B

/// In this order wherever there is one of each.
enum Rule : std::size_t { kUTest, kPooledT, kOverlap, kOurs, kRules };
inline constexpr std::array<const char*, kRules> kRuleTexts{"U test, 5 %", "pooled t test, 5 %", "95 % intervals apart",
                                                            "ours"};

/// All slices of either side, as if each were a repetition that knows nothing of the others.
struct RawSlices {
  std::vector<double> a;
  std::vector<double> b;
};

/// Of the pairs that count. Slices without `counter` are left out.
RawSlices raw_slices(const std::vector<const Pair*>& pairs, const std::string& counter);

Told by_u_test(const RawSlices& slices);
Told by_pooled_t(const RawSlices& slices);
/// The 95 % intervals of the two means have no point in common.
Told by_overlap(const RawSlices& slices);

/// What the duel says of the case: an interval beyond the margin, and Holm.
Told by_outcome(const JudgedCase& judged);
/// The same of a pilot, for the pairs of a build and its copy.
Told by_control(const JudgedCase& judged);

}  // namespace unitcost
