#include "harness/duel/judge_duel.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "harness/analyse/machine_facts.hpp"
#include "harness/stats/multiple.hpp"
#include "harness/stats/order_statistics.hpp"
#include "harness/stats/power.hpp"
#include "harness/stats/signed_rank.hpp"
#include "harness/stats/spread.hpp"

namespace unitcost {
namespace {

/// Whether `pair` counts rather than `other` of the same round: the first clean attempt, else the last one.
bool counts_before(const Pair& pair, const Pair& other) {
  const bool is_clean = pair.contaminated.empty();
  if (is_clean != other.contaminated.empty()) return is_clean;
  return is_clean ? pair.attempt < other.attempt : pair.attempt > other.attempt;
}

PairedEvidence evidence_of(const std::map<int, const Pair*>& by_round, const std::string& counter) {
  PairedEvidence evidence;
  for (const auto& [round, pair] : by_round) {
    const double value = log_ratio(*pair, counter);
    if (std::isnan(value)) continue;
    evidence.logs.push_back(value);
    evidence.layouts.push_back(pair->layouts);
    if (!pair->contaminated.empty()) ++evidence.contaminated;
  }
  std::vector<double> ratios;
  for (const double value : evidence.logs) ratios.push_back(std::exp(value));
  evidence.ratio = estimate_ratio(ratios, std::vector<double>(ratios.size(), 1.0));
  if (evidence.logs.empty()) return evidence;
  evidence.p = signed_rank_test(evidence.logs).p;
  evidence.sd = robust_sd(evidence.logs);
  return evidence;
}

bool lies_beyond(const PairedEvidence& evidence, double margin) {
  return evidence.has_interval() && (evidence.low() > margin || evidence.high() < -margin);
}

DuelOutcome outcome_of(const JudgedCase& judged) {
  const PairedEvidence& duel = judged.duel;
  if (!duel.has_interval()) return DuelOutcome::kInconclusive;
  // Inside a margin that noise has made so wide, anything is.
  if (judged.margin <= kMostMargin && duel.low() >= -judged.margin && duel.high() <= judged.margin)
    return DuelOutcome::kEquivalent;
  if (!lies_beyond(duel, judged.margin) || !(duel.p_holm <= kFamilyLevel)) return DuelOutcome::kInconclusive;
  return duel.low() > judged.margin ? DuelOutcome::kRegression : DuelOutcome::kImprovement;
}

/// So many that the interval, which shrinks with their root, no longer reaches from the median over the edge of the margin, and that the
/// test can show anything among so many cases.
std::optional<int> more_pairs_of(const JudgedCase& judged, std::size_t cases) {
  constexpr double kHalfWidthPerSd = 2.456;  // of the median's 95 % interval times the root of n: 1.96 sqrt(pi / 2)
  const double edge = std::abs(std::abs(std::log(judged.duel.ratio.value)) - judged.margin);
  const double root = kHalfWidthPerSd * judged.sd / edge;
  const double wanted = std::ceil(root * root / 2.0) * 2.0;
  if (!(wanted <= kMostPairs)) return std::nullopt;
  int pairs = static_cast<int>(wanted);
  while (least_signed_rank_p(pairs) * static_cast<double>(cases) > kFamilyLevel) pairs += 2;
  constexpr int kFewest = 4;
  return std::max(pairs - judged.duel.ratio.n, kFewest);
}

using EvidenceOf = PairedEvidence JudgedCase::*;

void adjust(std::vector<JudgedCase>& cases, EvidenceOf kind) {
  std::vector<double> p;
  for (const JudgedCase& judged : cases) p.push_back((judged.*kind).p);
  const auto adjusted = holm_adjusted(p);
  for (std::size_t at = 0; at < cases.size(); ++at) (cases[at].*kind).p_holm = adjusted[at];
}

void mark(std::vector<JudgedCase>& cases) {
  std::vector<double> p;
  for (const JudgedCase& judged : cases) p.push_back(judged.duel.p);
  const auto q = benjamini_hochberg_adjusted(p);
  for (std::size_t at = 0; at < cases.size(); ++at) cases[at].q = q[at];
}

std::string why_not_gateable(const DuelRecord& record, const JudgedDuel& judged) {
  if (record.plan.pilot) return "a pilot compares a program with its own copy";
  if (record.status == "running") return "the duel is not finished: it goes on, or was killed";
  if (record.status != "complete") return fmt::format("the duel is {}", record.status);
  if (record.plan.pairs < kLeastGatedPairs)
    return fmt::format("{} pair{} fewer than the {} that a gate asks for", record.plan.pairs,
                       record.plan.pairs == 1 ? " is" : "s are", kLeastGatedPairs);
  if (is_emulated(record.machine)) return "it was measured on an emulated machine: times mean nothing there";
  if (judged.cases.empty()) return "no case was compared";
  if (judged.fired.empty()) return "";
  return fmt::format("the null control of {}{} shows a difference between a program and its own copy",
                     judged.fired.front(),
                     judged.fired.size() > 1 ? fmt::format(" and {} more", judged.fired.size() - 1) : "");
}

}  // namespace

CountedPairs counted_pairs(const std::vector<Pair>& pairs) {
  CountedPairs by_round;
  for (const Pair& pair : pairs) {
    if (pair.outcome != Outcome::kMeasured) continue;
    const Pair*& chosen = by_round[{pair.case_key, pair.kind}][pair.round];
    if (chosen == nullptr || counts_before(pair, *chosen)) chosen = &pair;
  }
  return by_round;
}

bool PairedEvidence::has_interval() const { return ratio.n >= kLeastBlocks; }
double PairedEvidence::low() const { return std::log(ratio.low); }
double PairedEvidence::high() const { return std::log(ratio.high); }

namespace {

/// Case key -> pairs of A against B that B's failure ended.
std::map<std::string, int> failures_of_b(const std::vector<Pair>& pairs) {
  std::map<std::string, int> failed;
  for (const Pair& pair : pairs) {
    if (pair.kind == PairKind::kDuel && pair.outcome == Outcome::kFailed && pair.reason.starts_with("B: "))
      ++failed[pair.case_key];
  }
  return failed;
}

}  // namespace

JudgedDuel judge_duel(const DuelRecord& record, const std::vector<Pair>& pairs) {
  const CountedPairs by_round = counted_pairs(pairs);
  const std::map<std::string, int> failed_in_b = failures_of_b(pairs);
  const auto rounds_of = [&](const std::string& key, PairKind kind) {
    const auto found = by_round.find({key, kind});
    return found == by_round.end() ? std::map<int, const Pair*>{} : found->second;
  };
  JudgedDuel result;
  for (const DuelCase& duel_case : record.plan.cases) {
    JudgedCase judged;
    judged.duel_case = &duel_case;
    judged.duel = evidence_of(rounds_of(duel_case.planned.key, PairKind::kDuel), duel_case.counter);
    judged.control = evidence_of(rounds_of(duel_case.planned.key, PairKind::kControl), duel_case.counter);
    const auto failed = failed_in_b.find(duel_case.planned.key);
    judged.failed_in_b = failed == failed_in_b.end() ? 0 : failed->second;
    const bool has_pairs = !(record.plan.pilot ? judged.control : judged.duel).logs.empty();
    if (has_pairs && duel_case.planned.dropped.empty()) result.cases.push_back(std::move(judged));
    else result.not_compared.push_back(&duel_case);
  }
  adjust(result.cases, &JudgedCase::duel);
  adjust(result.cases, &JudgedCase::control);
  mark(result.cases);
  PowerTable power;
  for (JudgedCase& judged : result.cases) {
    const PairedEvidence& control = judged.control;
    judged.control_fired = lies_beyond(control, kLeastMargin) && control.p_holm <= kFamilyLevel;
    if (judged.control_fired) result.fired.push_back(judged.duel_case->planned.key);
    const PairedEvidence& shown = record.plan.pilot ? control : judged.duel;
    if (!shown.has_interval()) continue;  // nothing is said of it, and nothing could have been seen
    if (control.ratio.n > 0)
      judged.margin = std::max({kLeastMargin, std::abs(control.low()), std::abs(control.high())});
    judged.sd = pooled_robust_sd({judged.duel.logs, control.logs});
    const int seen = static_cast<int>(judged.duel.logs.size() + control.logs.size());
    const FindingRule rule{kLeastMargin, kFamilyLevel / static_cast<double>(result.cases.size()), true, seen};
    judged.visible = power.smallest_visible_effect(shown.ratio.n, judged.sd, rule);
    if (record.plan.pilot) continue;
    judged.outcome = outcome_of(judged);
    if (judged.outcome == DuelOutcome::kInconclusive) judged.more_pairs = more_pairs_of(judged, result.cases.size());
  }
  result.not_gateable = why_not_gateable(record, result);
  return result;
}

std::vector<PilotCase> pilot_needs(const JudgedDuel& duel) {
  PowerTable power;
  std::vector<PilotCase> needs;
  for (const JudgedCase& judged : duel.cases) {
    PilotCase pilot{&judged, {}};
    for (const double effect : kPilotEffects) {
      const FindingRule rule{std::min(kLeastMargin, 0.5 * std::log1p(effect)),
                             kFamilyLevel / static_cast<double>(duel.cases.size()), true,
                             static_cast<int>(judged.control.logs.size())};
      const auto pairs =
          judged.control.has_interval() ? power.pairs_needed(std::log1p(effect), judged.sd, rule) : std::nullopt;
      pilot.needs.push_back({pairs, pairs ? 2.0 * *pairs * judged.duel_case->planned.expected_s : 0.0});
    }
    needs.push_back(std::move(pilot));
  }
  return needs;
}

}  // namespace unitcost
