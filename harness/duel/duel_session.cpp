#include "harness/duel/duel_session.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "harness/duel/calibrate_pair.hpp"
#include "harness/plan/budget.hpp"
#include "harness/run/ledger.hpp"
#include "harness/stats/order_statistics.hpp"

namespace unitcost {
namespace {

constexpr double kRepeatShare =
    0.1;  // of the pairs' time: what repeats may take; most of what contaminates hits both sides alike

int kinds_of(const DuelPlan& plan) { return plan.pilot ? 1 : 2; }

void add_references(const Block& block, std::vector<double>& references) {
  for (const char* name : {"reference_before_ns", "reference_after_ns"}) {
    const auto found = block.covariates.readings.find(name);
    if (found != block.covariates.readings.end() && found->second) references.push_back(*found->second);
  }
}

}  // namespace

DuelBudget budget_of(const DuelPlan& plan) {
  DuelBudget budget;
  for (const DuelCase& duel_case : plan.cases) {
    if (!duel_case.planned.dropped.empty()) continue;
    ++budget.cases;
    budget.pairs += kinds_of(plan) * plan.pairs;
    budget.seconds += kinds_of(plan) * plan.pairs * duel_case.planned.expected_s;
  }
  return budget;
}

DuelSession::DuelSession(DuelRecord& record, PairLedger& ledger, DuelParts parts)
    : record_(record), ledger_(ledger), parts_(std::move(parts)) {}

bool DuelSession::run() {
  if (!record_.plan.frozen && !calibrate()) return false;
  const DuelBudget budget = budget_of(record_.plan);
  all_ = budget.pairs;
  done_ = 0;
  expected_left_s_ = budget.seconds;
  first_round_ = ledger_.last_round();
  for (const DuelCase& duel_case : record_.plan.cases)
    repeated_s_ += ledger_.repeats(duel_case.planned.key) * duel_case.planned.expected_s;
  for (int round = 1; round <= record_.plan.pairs; ++round) {
    if (!run_round(round)) return false;
  }
  if (not_repeated_ > 0) {
    record_.warnings.push_back(
        fmt::format("the time for repeats was used up: {} contaminated pairs were not repeated", not_repeated_));
  }
  parts_.progress.end();
  return true;
}

bool DuelSession::calibrate() {
  DuelPlan& plan = record_.plan;
  const std::array<std::string, 2> names{"A", plan.pilot ? "the copy of A" : "B"};
  std::vector<double> references;
  all_ = static_cast<int>(plan.cases.size());
  for (DuelCase& duel_case : plan.cases) {
    ++done_;
    if (!duel_case.planned.dropped.empty()) continue;
    show(0);
    std::array<Block, 2> blocks;
    for (std::size_t side = 0; side < blocks.size(); ++side) {
      if (parts_.is_interrupted()) return false;
      const auto block = parts_.run_block(duel_case.planned, side);
      if (!block) return false;
      add_references(*block, references);
      blocks[side] = *block;
    }
    calibrate_pair(duel_case, blocks, names, plan.cut);
  }
  record_.reference_median_ns = references.empty() ? 0.0 : median(references);
  plan.frozen = true;
  const DuelBudget budget = budget_of(plan);
  parts_.progress.say(fmt::format("calibrated: {} cases, {} pairs, about {}", budget.cases, budget.pairs,
                                  duration_text(budget.seconds)));
  parts_.store_record(record_);
  return true;
}

/// Blind to what was measured: repeats have a share of the pairs' time, the same in every round.
bool DuelSession::may_repeat(const PlannedCase& planned, int round) const {
  const double share_s = kRepeatShare * budget_of(record_.plan).seconds * round / record_.plan.pairs;
  return repeated_s_ + planned.expected_s <= share_s;
}

bool DuelSession::run_round(int round) {
  for (int attempt = 1; attempt <= kMostAttempts; ++attempt) {
    for (const PairTurn& turn : order_of_pairs(record_.plan, round)) {
      const PlannedCase& planned = record_.plan.cases[turn.case_index].planned;
      if (!planned.dropped.empty()) continue;  // given up in the middle of the round
      const bool due = ledger_.next_attempt(planned.key, turn.kind, round) == attempt;
      if (due && attempt > 1 && (round < first_round_ || !may_repeat(planned, round))) {
        ++not_repeated_;
      } else if (due) {
        if (attempt > 1) repeated_s_ += planned.expected_s;
        show(round);
        if (!run_one(turn, round, attempt)) return false;
      }
      if (attempt == 1) {
        ++done_;
        expected_left_s_ -= planned.expected_s;
      }
    }
  }
  return true;
}

bool DuelSession::run_one(const PairTurn& turn, int round, int attempt) {
  if (parts_.is_interrupted()) return false;
  DuelCase& duel_case = record_.plan.cases[turn.case_index];
  const auto pair =
      parts_.run_pair(duel_case, {turn.kind, round, attempt, ledger_.pairs()}, record_.reference_median_ns);
  if (!pair) return false;
  parts_.store_pair(*pair);
  ledger_.add(*pair);
  if (ledger_.failed(duel_case.planned.key) >= kMostFailedPairs) {
    duel_case.planned.dropped = fmt::format("failed: {}", pair->reason.empty() ? "twice" : pair->reason);
    parts_.progress.say(fmt::format("{}: given up after {} failed pairs", duel_case.planned.key, kMostFailedPairs));
    parts_.store_record(record_);
  }
  return true;
}

void DuelSession::show(int round) {
  parts_.progress.show(
      {round, record_.plan.pairs, done_, all_, ledger_.failed(), std::max(0.0, expected_left_s_), "pair"});
}

}  // namespace unitcost
