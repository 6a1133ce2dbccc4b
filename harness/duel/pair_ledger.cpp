#include "harness/duel/pair_ledger.hpp"

#include <algorithm>

#include "harness/run/ledger.hpp"

namespace unitcost {

void PairLedger::add(const Pair& pair) {
  State& state = states_[{pair.case_key, pair.kind, pair.round}];
  state.attempts = std::max(state.attempts, pair.attempt);
  state.contaminated = !pair.contaminated.empty();
  ++pairs_;
  if (state.contaminated) ++contaminated_;
  last_round_ = std::max(last_round_, pair.round);
  if (pair.attempt > 1) {
    ++repeated_;
    ++repeats_by_case_[pair.case_key];
  }
  if (pair.outcome != Outcome::kMeasured) {
    ++failed_;
    ++failed_by_case_[pair.case_key];
  }
}

int PairLedger::next_attempt(const std::string& case_key, PairKind kind, int round) const {
  const auto found = states_.find({case_key, kind, round});
  if (found == states_.end()) return 1;
  const State& state = found->second;
  return state.contaminated && state.attempts < kMostAttempts ? state.attempts + 1 : 0;
}

int PairLedger::repeats(const std::string& case_key) const {
  const auto found = repeats_by_case_.find(case_key);
  return found == repeats_by_case_.end() ? 0 : found->second;
}

int PairLedger::failed(const std::string& case_key) const {
  const auto found = failed_by_case_.find(case_key);
  return found == failed_by_case_.end() ? 0 : found->second;
}

}  // namespace unitcost
