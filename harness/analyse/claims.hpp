#pragma once
// Judges the claims of the run's scenarios.
#include <optional>
#include <string>
#include <vector>

#include "harness/analyse/curves.hpp"
#include "harness/analyse/evidence.hpp"
#include "harness/analyse/metric.hpp"
#include "harness/analyse/verdict.hpp"

namespace unitcost {

/// A control or a ceiling beside the claim.
struct JudgedGuard {
  std::string text;  ///< what was compared with what, and how it came out
  Estimate estimate;
  bool passed = false;
  Gap gap = Gap::kNone;  ///< why it has no number; kLeftOut: this run has no such case
};

struct JudgedPart {
  Measured measured;
  Verdict verdict = Verdict::kUndecided;
};

struct JudgedClaim {
  const Claim* claim = nullptr;
  std::string scenario;
  Edges edges;  ///< in the claim's unit
  Verdict verdict = Verdict::kUndecided;
  std::vector<JudgedPart> parts;  ///< one; several when swept
  bool is_swept = false;
  bool is_left_out = false;  ///< not measurable in this run alone: its profile or --only left the cases out
  std::string reason;        ///< one sentence
  std::optional<JudgedGuard> control;
  std::optional<JudgedGuard> ceiling;
};

/// All (id, variant) of one id.
struct ClaimSummary {
  std::string id;
  Verdict verdict = Verdict::kUndecided;
  std::vector<std::string> variants;
  std::vector<std::string> holds_for;
  std::vector<std::string> refuted_for;
};

/// In the order of the scenarios and, within one, of its file. The views stay valid as long as the run does.
std::vector<JudgedClaim> judge_claims(const Evidence& evidence, Curves& curves);

/// In the order in which the ids first appear.
std::vector<ClaimSummary> summarise(const std::vector<JudgedClaim>& claims);

/// "1–2 ns", "at least 1.6 × (at least 0.8 a CPU, up to 4 CPUs)".
std::string expected_text(const Expectation& expectation, const Edges& edges, const std::string& unit);

}  // namespace unitcost
