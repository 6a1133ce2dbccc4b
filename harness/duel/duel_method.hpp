#pragma once
// How the numbers of a duel are made, in words: for the page, whose renderer knows no rule.
#include <string>

#include "harness/duel/duel_record.hpp"

namespace unitcost {

/// Pairs that count, of the case with the fewest and of that with the most. Fewer than planned after an interruption or failures.
struct PairsMeasured {
  int least = 0;
  int most = 0;
};

/// Unit of evidence, interval, test, adjustments and outcomes, in full sentences.
std::string method_text(const DuelPlan& plan, const PairsMeasured& measured);

/// The same in one line under a figure, with the machine's line behind it.
std::string foot_text(const DuelPlan& plan, const PairsMeasured& measured, const std::string& machine_line);

}  // namespace unitcost
