#pragma once
// Many tests at once. Both functions give adjusted p-values in the order of `p`: compare them with the wanted level itself.
// A NaN is a row that was not tested: it stays NaN and does not count as a test.
#include <vector>

namespace unitcost {

/// Holm (1979): holds the chance of even one false alarm in the family at the level, whatever the dependence. For the gate.
std::vector<double> holm_adjusted(const std::vector<double>& p);

/// Benjamini and Hochberg (1995): holds the expected share of false alarms among the alarms. For what a report marks.
std::vector<double> benjamini_hochberg_adjusted(const std::vector<double>& p);

}  // namespace unitcost
