#pragma once
// How the numbers of a duel are made, in words: for the page, whose renderer knows no rule.
#include <string>

#include "harness/duel/duel_record.hpp"

namespace unitcost {

/// Unit of evidence, interval, test, adjustments and outcomes, in full sentences.
std::string method_text(const DuelPlan& plan);

/// The same in one line under a figure, with the machine's line behind it.
std::string foot_text(const DuelPlan& plan, const std::string& machine_line);

}  // namespace unitcost
