#include "harness/compare/gate.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "harness/stats/multiple.hpp"

namespace unitcost {
namespace {

constexpr double kLevel = 0.05;
constexpr std::ptrdiff_t kMostReasons = 5;

/// The gate judges runs of ours only: nothing says on which machine and with which compiler a file of another tool was made.
void refuse_foreign(const Side& side) {
  for (const Session& session : side.sessions) {
    if (session.source == Session::Source::kRun) continue;
    throw BadInput(fmt::format(
        "gate: {} is a file of another tool ({}): its machine and its processes are not recorded well enough to gate. "
        "`unitcost compare` shows it; `unitcost run --program` measures the program itself",
        session.name, source_text(session.source)));
  }
}

void refuse_emulated(const Side& side) {
  for (const Session& session : side.sessions) {
    if (session.emulated)
      throw Error(Exit::kInconclusive,
                  fmt::format("gate: {} was measured on an emulated machine: times mean nothing there", session.name));
  }
}

void refuse_undeclared(const Side& a, const Side& b, const std::set<std::string>& vary) {
  check_vary(vary, a, b);
  std::string lines;
  for (const FactDifference& fact : differing_facts(a, b)) {
    if (is_declared(fact, vary)) continue;
    lines += fmt::format("\n  {} ({}): {} in {}, {} in {}; --vary {}", fact.name, kind_text(fact.kind),
                         fmt::join(fact.a, " / "), a.name, fmt::join(fact.b, " / "), b.name,
                         fact.group.empty() ? fact.name : fact.group);
  }
  if (lines.empty()) return;
  throw BadInput(
      "gate: the sides differ in more than the code, so a difference could not be put down to it. Measure them alike, "
      "or declare "
      "what is meant to differ:" +
      lines);
}

bool has_enough_sessions(const ComparedCase& row) {
  return row.a.sessions >= kLeastGateSessions && row.b.sessions >= kLeastGateSessions;
}

/// The row's interval as worsening: above 1 is worse.
std::pair<double, double> worsening_interval(const ComparedCase& row) {
  return std::minmax(worsening(row, row.found.low), worsening(row, row.found.high));
}

GatedCase judged(const ComparedCase& row, double holm_p, double alpha) {
  GatedCase result = open_case(row.key, row.reason, &row);
  result.holm_p = holm_p;
  result.fails_now = row.b.failed_sessions > 0 && row.a.failed_sessions == 0;
  if (!has_enough_sessions(row)) {
    result.reason = fmt::format("{} against {} sessions; a gate needs {} a side", row.a.sessions, row.b.sessions,
                                kLeastGateSessions);
    if (!row.remark.empty()) result.reason += "; " + row.remark;
    return result;
  }
  result.smallest_visible_ratio = smallest_visible_ratio(row.found, row.margin_ratio, alpha);
  if (result.fails_now) result.reason = "it fails now, and did not before: " + row.reason;
  result.gates = row.lower_is_better.has_value();
  if (!row.lower_is_better) {
    if (row.change == Change::kEquivalent && !result.fails_now) result.word = GateWord::kOk;
    return result;
  }
  const auto [least, most] = worsening_interval(row);
  const double margin = 1.0 + row.margin_ratio;
  if (least > margin && holm_p <= kLevel) {
    result.word = GateWord::kRegression;
  } else if (result.fails_now) {
    return result;  // what is left of it says how fast, and not whether it still works
  } else if (most <= margin) {
    result.word = GateWord::kOk;
  } else if (least > margin) {
    result.reason = fmt::format("{}, but with so many cases tested that is not yet beyond chance (p {:.2g} after Holm)",
                                row.reason, holm_p);
  }
  return result;
}

void judge_all(Gate& gate) {
  std::vector<double> p;
  for (const GateSide& side : gate.against) {
    for (const ComparedCase& row : side.comparison.rows)
      p.push_back(has_enough_sessions(row) ? row.found.p : std::numeric_limits<double>::quiet_NaN());
  }
  const std::vector<double> holm = holm_adjusted(p);
  const auto tested = std::ranges::count_if(p, [](double value) { return !std::isnan(value); });
  const double alpha = kLevel / static_cast<double>(std::max<std::ptrdiff_t>(tested, 1));
  std::size_t at = 0;
  for (GateSide& side : gate.against) {
    for (const ComparedCase& row : side.comparison.rows) side.cases.push_back(judged(row, holm[at++], alpha));
    add_not_comparable(side);
  }
}

void note_lost_claims(Gate& gate) {
  for (const GateSide& side : gate.against) {
    for (const ComparedClaim& claim : side.comparison.claims) {
      if (claim.change != ComparedClaim::Change::kLost) continue;
      gate.notes.push_back(fmt::format("the claim {} held in {} and is refuted in {}: {}", claim.name,
                                       side.comparison.a.name, side.comparison.b.name, claim.reason));
    }
  }
}

}  // namespace

void add_not_comparable(GateSide& side) {
  for (const NotComparable& other : side.comparison.not_comparable) {
    if (!other.in_a && !other.fails_in_b) continue;  // new, or never measured: nothing got worse
    GatedCase& found = side.cases.emplace_back(open_case(other.key, other.reason));
    found.fails_now = other.fails_in_b;
    found.has_no_ratio = other.in_a && other.in_b;
    if (!other.got_worse || (!*other.got_worse && other.fails_in_b)) continue;
    found.word = *other.got_worse ? GateWord::kRegression : GateWord::kOk;
    found.gates = true;
    found.smallest_visible_ratio = 1.0;
  }
}

void refuse_nothing_judged(const Gate& gate) {
  for (const GateSide& side : gate.against) {
    const Comparison& found = side.comparison;
    const bool is_accepted = std::ranges::find(side.cases, GateWord::kAccepted, &GatedCase::word) != side.cases.end();
    const bool is_judged = std::ranges::any_of(found.not_comparable,
                                               [](const NotComparable& other) { return other.got_worse.has_value(); });
    if (!found.rows.empty() || is_judged || is_accepted) continue;
    std::string reasons;
    for (const NotComparable& other : found.not_comparable) {
      if (&other - found.not_comparable.data() < kMostReasons)
        reasons += fmt::format("\n  {}: {}", other.key, other.reason);
    }
    throw BadInput(fmt::format("gate: {} and {} have nothing in common to judge: no case has a value on both sides{}",
                               found.a.name, found.b.name, reasons));
  }
}

Gate gate(const std::vector<Side>& baselines, const Side& fresh, const GateOptions& options) {
  Gate result;
  result.pass_inconclusive = options.pass_inconclusive;
  result.vary = options.vary;
  refuse_foreign(fresh);
  for (const Side& baseline : baselines) {
    refuse_foreign(baseline);
    refuse_shared_sessions(baseline, fresh);
    refuse_emulated(baseline);
    refuse_emulated(fresh);
    refuse_undeclared(baseline, fresh, options.vary);
    result.against.emplace_back(compare(baseline, fresh, options.rules.margins, options.only));
  }
  judge_all(result);
  accept_changes(result, options);
  refuse_nothing_judged(result);
  note_lost_claims(result);
  return result;
}

}  // namespace unitcost
