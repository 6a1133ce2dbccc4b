#pragma once
// From an interval and an expectation to a verdict (docs/method.md, "Verdicts on claims").
#include <optional>
#include <string>
#include <vector>

#include "harness/scenario/scenario.hpp"
#include "harness/stats/estimate.hpp"

namespace unitcost {

enum class Verdict { kHolds, kHoldsInPart, kRefuted, kReported, kUndecided, kNotMeasurable };

/// "holds", "holds in part", …: as it stands in analysis.json.
std::string verdict_text(Verdict verdict);

/// An expectation with the run's CPUs filled in.
struct Edges {
  std::optional<double> low;
  std::optional<double> high;
  bool strict = false;
};
Edges edges_of(const Expectation& expectation, int cpus);

/// Whole interval inside: holds; whole interval outside: refuted; else undecided. Below 95 % coverage: undecided. No edges: reported.
Verdict judge(const Estimate& estimate, const Edges& edges);

/// Whether one number lies inside.
bool is_inside(double value, const Edges& edges);

/// Of a swept claim, or of the variants of a claim: all hold, all refuted, else in part if anything holds. Not measurable ones do not count;
/// where nothing holds or is refuted, one that is reported makes it reported.
Verdict combine(const std::vector<Verdict>& verdicts);

}  // namespace unitcost
