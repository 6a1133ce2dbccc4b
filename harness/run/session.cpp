#include "harness/run/session.hpp"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>

#include "harness/plan/budget.hpp"
#include "harness/plan/order.hpp"
#include "harness/run/calibrate.hpp"
#include "harness/run/cliffs.hpp"

namespace unitcost {
namespace {

bool runs(const PlannedCase& planned) { return planned.dropped.empty(); }

}  // namespace

RunSession::RunSession(RunRecord& record, Ledger& ledger, const Profile& profile, PlanWishes wishes,
                       std::uint64_t free_memory_bytes, SessionParts parts)
    : record_(record),
      ledger_(ledger),
      profile_(profile),
      wishes_(std::move(wishes)),
      free_memory_bytes_(free_memory_bytes),
      parts_(std::move(parts)),
      started_s_(parts_.clock.now_s()) {}

bool RunSession::run() {
  if (!record_.plan.frozen && !round_zero()) return false;
  part_blocks_ = budget_of(record_.plan).blocks;
  round_done_ = 0;
  expected_left_s_ = budget_of(record_.plan).counted_s;
  for (const PlannedCase& planned : record_.plan.cases) repeated_s_ += ledger_.repeats(planned.key) * block_s(planned);
  for (int round = 1; round <= record_.plan.rounds; ++round) {
    if (!counted_round(round)) return false;
  }
  if (not_repeated_ > 0) {
    record_.warnings.push_back(
        fmt::format("the time for repeats was used up: {} contaminated blocks were not repeated", not_repeated_));
  }
  parts_.progress.end();
  return true;
}

/// What the first attempts so far took, over what was expected of them: round 0 ran each case once, and a machine is busier at other times.
double RunSession::pace() const {
  constexpr double kEnoughS = 3.0;
  return first_expected_s_ < kEnoughS ? 1.0 : first_took_s_ / first_expected_s_;
}

double RunSession::left_s() const { return std::max(0.0, expected_left_s_) * pace(); }

double RunSession::spent_s() const { return record_.wall_s + parts_.clock.now_s() - started_s_; }

/// Blind to what was measured: repeats have the time that the plan set aside for them, or what the rounds leave of the budget where they
/// are faster than expected; of either the same share in every round, and none when the first attempts alone would go beyond the budget.
double RunSession::repeat_time_left_s(int round) const {
  const int rounds = record_.plan.rounds;
  const double left_over_s = profile_.budget_s - kReportS - spent_s() - left_s();
  const double set_aside_s = record_.plan.repeat_s * round / rounds - repeated_s_;
  const double share_s = (left_over_s + repeated_in_round_s_) / (rounds - round + 1) - repeated_in_round_s_;
  return std::min(left_over_s, std::max(set_aside_s, share_s));
}

/// Of the cases that are due those that take least, as many as there is time for: so the fewest blocks stay contaminated.
std::set<std::size_t> RunSession::worth_repeating(std::vector<std::size_t> due, int round) const {
  const auto seconds = [&](std::size_t at) { return block_s(record_.plan.cases[at]); };
  std::ranges::stable_sort(due, {}, seconds);
  double left_s = repeat_time_left_s(round);
  std::set<std::size_t> worth;
  for (const std::size_t at : due) {
    left_s -= seconds(at);
    if (left_s < 0) break;
    worth.insert(at);
  }
  return worth;
}

bool RunSession::run_one(const PlannedCase& planned, int round, int attempt) {
  if (parts_.is_interrupted()) return false;
  const double reference_ns = round == 0 ? 0.0 : record_.reference_median_ns;
  const auto block = parts_.run_block(planned, round, attempt, ledger_.blocks(), reference_ns);
  if (!block) return false;
  parts_.store_block(*block);
  ledger_.add(*block);
  return true;
}

void RunSession::show(int round) {
  parts_.progress.show({round, record_.plan.rounds, round_done_, part_blocks_, ledger_.failed(), left_s()});
}

bool RunSession::calibrate_cases() {
  Plan& plan = record_.plan;
  const Budget budget = budget_of(plan);
  part_blocks_ = budget.cases;
  round_done_ = 0;
  expected_left_s_ = budget.round_zero_s + budget.counted_s;
  for (PlannedCase& planned : plan.cases) {
    if (!runs(planned)) continue;
    const double guessed_s = budget.round_zero_s / std::max(1, budget.cases);
    show(0);
    if (ledger_.next_attempt(planned.key, 0) == 1 && !run_one(planned, 0, 1)) return false;
    calibrate(planned, ledger_.round_zero(planned.key), profile_.slow_rounds);
    if (wants_proof(planned, ledger_.round_zero(planned.key))) {
      if (!run_one(planned, 0, 2)) return false;
      calibrate(planned, ledger_.round_zero(planned.key), profile_.slow_rounds);
    }
    ++round_done_;
    expected_left_s_ -= guessed_s;
  }
  return true;
}

void RunSession::extend_near_cliffs() {
  wishes_.cliffs = find_cliffs(record_.scenarios, record_.plan, ledger_);
  Plan extended = build_plan(record_.scenarios, profile_, wishes_);
  take_over(record_.plan, extended);
  drop_what_needs_too_much_memory(extended, free_memory_bytes_);
  record_.plan = std::move(extended);
}

bool RunSession::recalibrate_disturbed() {
  const double reference_ns = ledger_.reference_median_ns();
  for (PlannedCase& planned : record_.plan.cases) {
    while (was_disturbed(planned, ledger_.round_zero(planned.key), reference_ns, parts_.ticks_per_s)) {
      show(0);
      if (!run_one(planned, 0, static_cast<int>(ledger_.round_zero(planned.key).size()) + 1)) return false;
      calibrate(planned, ledger_.round_zero(planned.key), profile_.slow_rounds);
    }
    if (planned.slow) calibrate(planned, ledger_.round_zero(planned.key), profile_.slow_rounds, reference_ns);
  }
  return true;
}

void RunSession::freeze() {
  Plan& plan = record_.plan;
  record_.reference_median_ns = ledger_.reference_median_ns();
  std::set<std::string> spared = cases_of_cliff_curves(record_.scenarios, plan);
  spared.merge(cases_of_guards(record_.scenarios, plan));
  const std::string said = fit_rounds(plan, profile_, profile_.budget_s - spent_s() - kReportS, spared);
  if (!said.empty()) {
    record_.warnings.push_back(said);
    parts_.progress.say(said);
  }
  plan.frozen = true;
  const Budget budget = budget_of(plan);
  parts_.progress.say(fmt::format("calibrated: {} cases, {} rounds, {} blocks, about {}", budget.cases, plan.rounds,
                                  budget.blocks, duration_text(budget.counted_s)));
  parts_.store_record(record_);
}

bool RunSession::round_zero() {
  if (!calibrate_cases()) return false;
  if (wants_cliffs(record_.scenarios, profile_)) {
    if (!recalibrate_disturbed()) return false;  // a disturbed block would be taken for a cliff
    extend_near_cliffs();
    if (!calibrate_cases()) return false;
  }
  if (!recalibrate_disturbed()) return false;
  freeze();
  return true;
}

bool RunSession::counted_round(int round) {
  const Plan& plan = record_.plan;
  repeated_in_round_s_ = 0.0;
  const auto order = order_of_round(plan, round);
  for (int attempt = 1; attempt <= kMostAttempts; ++attempt) {
    const auto is_due = [&](std::size_t at) { return ledger_.next_attempt(plan.cases[at].key, round) == attempt; };
    std::vector<std::size_t> due;
    std::ranges::copy_if(order, std::back_inserter(due), is_due);
    const std::set<std::size_t> worth = attempt > 1 ? worth_repeating(due, round) : std::set(due.begin(), due.end());
    for (const std::size_t index : order) {
      const PlannedCase& planned = plan.cases[index];
      const bool has_time = attempt == 1 || repeat_time_left_s(round) >= block_s(planned);
      if (is_due(index) && (!has_time || !worth.contains(index))) {
        ++not_repeated_;
      } else if (is_due(index)) {
        if (attempt > 1) {
          repeated_s_ += block_s(planned);
          repeated_in_round_s_ += block_s(planned);
        }
        show(round);
        const double began_s = parts_.clock.now_s();
        if (!run_one(planned, round, attempt)) return false;
        if (attempt == 1) {
          first_took_s_ += parts_.clock.now_s() - began_s;
          first_expected_s_ += block_s(planned);
        }
      }
      if (attempt == 1) {
        ++round_done_;
        expected_left_s_ -= block_s(planned);
      }
    }
  }
  return true;
}

}  // namespace unitcost
