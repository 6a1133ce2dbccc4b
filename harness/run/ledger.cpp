#include "harness/run/ledger.hpp"

#include <algorithm>

namespace unitcost {
namespace {

Reading reading(const Block& block, const char* name) {
  const auto found = block.covariates.readings.find(name);
  return found == block.covariates.readings.end() ? Reading{} : found->second;
}

}  // namespace

void Ledger::add(const Block& block) {
  State& state = states_[{block.case_key, block.round}];
  state.attempts = std::max(state.attempts, block.attempt);
  state.contaminated = !block.contaminated.empty();
  ++blocks_;
  if (block.outcome == Outcome::kFailed) ++failed_;
  if (state.contaminated) ++contaminated_;
  if (block.round == 0) {
    round_zero_[block.case_key].push_back(block);
  } else if (block.attempt > 1) {
    ++repeated_;
    ++repeats_[block.case_key];
  }
  if (const Reading others = reading(block, "others_cpu_s")) {
    others_cpu_s_ += *others;
    block_cpu_s_ += reading(block, "wall_s").value_or(0.0) * static_cast<double>(block.covariates.cpus_asked.size());
  }
}

int Ledger::next_attempt(const std::string& key, int round) const {
  const auto found = states_.find({key, round});
  if (found == states_.end()) return 1;
  const State& state = found->second;
  return round > 0 && state.contaminated && state.attempts < kMostAttempts ? state.attempts + 1 : 0;
}

const std::vector<Block>& Ledger::round_zero(const std::string& key) const {
  static const std::vector<Block> kNone;
  const auto found = round_zero_.find(key);
  return found == round_zero_.end() ? kNone : found->second;
}

double Ledger::reference_median_ns() const {
  std::vector<double> references;
  for (const auto& [key, blocks] : round_zero_) {
    for (const Block& block : blocks) {
      for (const char* name : {"reference_before_ns", "reference_after_ns"}) {
        if (const Reading taken = reading(block, name)) references.push_back(*taken);
      }
    }
  }
  if (references.empty()) return 0.0;
  const auto middle = references.begin() + static_cast<std::ptrdiff_t>(references.size() / 2);
  std::nth_element(references.begin(), middle, references.end());
  return *middle;
}

int Ledger::repeats(const std::string& key) const {
  const auto found = repeats_.find(key);
  return found == repeats_.end() ? 0 : found->second;
}

double Ledger::others_share() const { return block_cpu_s_ > 0 ? std::max(0.0, others_cpu_s_ / block_cpu_s_) : 0.0; }

}  // namespace unitcost
