#include "harness/analyse/claims.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "harness/analyse/axis_value.hpp"
#include "harness/analyse/machine_facts.hpp"
#include "harness/analyse/reason.hpp"
#include "harness/analyse/wording.hpp"

namespace unitcost {
namespace {

struct Bench {
  const Evidence* evidence;
  Curves* curves;
  int cpus;
  bool is_emulated;
};

/// A guard is judged at its first place; a control must lie inside with its whole interval, a ceiling with its median: it only has to show
/// that the machine can do it.
JudgedGuard judge_guard(const Bench& bench, const std::string& scenario, const Guard& guard, bool whole_interval) {
  const Evaluation evaluation = evaluate(guard.metric, scenario, *bench.evidence, *bench.curves);
  const Edges edges = edges_of(guard.expect, bench.cpus);
  JudgedGuard judged;
  judged.passed = true;
  for (const auto& part : evaluation.parts) {
    const bool is_fit = part.gap == Gap::kNone && (whole_interval ? judge(part.estimate, edges) == Verdict::kHolds
                                                                  : is_inside(part.estimate.value, edges));
    if (!judged.text.empty() && (is_fit || !judged.passed))
      continue;  // the first that does not fit, else the first, is shown
    judged.estimate = part.estimate;
    judged.passed = is_fit;
    judged.gap = part.gap;
    judged.text = guard_sentence(part, guard, edges, find_scenario(bench.evidence->run(), scenario));
  }
  return judged;
}

Verdict verdict_of(const Measured& measured, const Edges& edges) {
  if (measured.gap == Gap::kNotMeasurable || measured.gap == Gap::kLeftOut) return Verdict::kNotMeasurable;
  if (measured.gap == Gap::kUndecided) return Verdict::kUndecided;
  return judge(measured.estimate, edges);
}

/// Nothing is said about threads where native ones do not scale, or nobody knows whether they do.
void apply_ceiling(JudgedClaim& judged) {
  const JudgedGuard& ceiling = *judged.ceiling;
  judged.verdict = ceiling.gap == Gap::kUndecided ? Verdict::kUndecided : Verdict::kNotMeasurable;
  judged.is_left_out = ceiling.gap == Gap::kLeftOut;
  judged.reason = (ceiling.gap == Gap::kNone || ceiling.gap == Gap::kNotMeasurable
                       ? "the ceiling was not reached, so nothing is said about threads: "
                       : "without its ceiling nothing is said about threads: ") +
                  ceiling.text;
}

JudgedClaim judge_claim(const Bench& bench, const Scenario& scenario, const Claim& claim) {
  JudgedClaim judged;
  judged.claim = &claim;
  judged.scenario = scenario.id;
  judged.edges = edges_of(claim.expect, bench.cpus);
  Evaluation evaluation = evaluate(claim.metric, scenario.id, *bench.evidence, *bench.curves);
  judged.is_swept = evaluation.is_swept;
  std::vector<Verdict> verdicts;
  for (auto& part : evaluation.parts) {
    verdicts.push_back(verdict_of(part, judged.edges));
    judged.parts.push_back({std::move(part), verdicts.back()});
  }
  judged.verdict = combine(verdicts);
  judged.is_left_out =
      std::ranges::all_of(judged.parts, [](const JudgedPart& part) { return part.measured.gap == Gap::kLeftOut; });
  judged.reason = judgement_sentence(judged, scenario);
  if (claim.control) judged.control = judge_guard(bench, scenario.id, *claim.control, true);
  if (claim.ceiling) judged.ceiling = judge_guard(bench, scenario.id, *claim.ceiling, false);
  if (judged.verdict == Verdict::kNotMeasurable) return judged;

  if (bench.is_emulated) {
    judged.verdict = Verdict::kNotMeasurable;
    judged.reason = "the machine is emulated: its clock says nothing about a processor";
  } else if (claim.ceiling && bench.cpus < 2) {
    judged.verdict = Verdict::kNotMeasurable;  // one CPU reaches any ceiling that grows with them
    judged.reason = "one CPU is usable, so no two threads run at the same time and nothing is said about them";
  } else if (judged.ceiling && !judged.ceiling->passed) {
    apply_ceiling(judged);
  } else if (judged.control && !judged.control->passed) {
    const bool is_left_out = judged.control->gap == Gap::kLeftOut;
    judged.verdict = Verdict::kUndecided;
    judged.is_left_out = is_left_out;
    judged.reason =
        (is_left_out ? "nothing is said without its control: " : "the control failed: ") + judged.control->text;
  }
  return judged;
}

}  // namespace

std::vector<JudgedClaim> judge_claims(const Evidence& evidence, Curves& curves) {
  const Bench bench{&evidence, &curves, cpus_of(evidence.run()), is_emulated(evidence.run())};
  std::vector<JudgedClaim> judged;
  for (const auto& scenario : evidence.run().scenarios) {
    for (const auto& claim : scenario.claims) judged.push_back(judge_claim(bench, scenario, claim));
  }
  return judged;
}

std::vector<ClaimSummary> summarise(const std::vector<JudgedClaim>& claims) {
  std::vector<ClaimSummary> summaries;
  for (const auto& judged : claims) {
    if (std::ranges::find(summaries, judged.claim->id, &ClaimSummary::id) != summaries.end()) continue;
    ClaimSummary summary;
    summary.id = judged.claim->id;
    std::vector<Verdict> verdicts;
    for (const auto& other : claims) {
      if (other.claim->id != summary.id) continue;
      verdicts.push_back(other.verdict);
      summary.variants.push_back(other.claim->variant);
      if (other.verdict == Verdict::kHolds || other.verdict == Verdict::kHoldsInPart)
        summary.holds_for.push_back(other.claim->variant);
      if (other.verdict == Verdict::kRefuted) summary.refuted_for.push_back(other.claim->variant);
    }
    summary.verdict = combine(verdicts);
    summaries.push_back(std::move(summary));
  }
  return summaries;
}

}  // namespace unitcost
