#include "harness/analyse/evidence.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <set>

#include "harness/stats/order_statistics.hpp"

namespace unitcost {
namespace {

/// Whether `block` counts rather than `other` of the same round: the first clean attempt, else the last one.
bool counts_before(const Block& block, const Block& other) {
  const bool is_clean = block.contaminated.empty();
  const bool other_is_clean = other.contaminated.empty();
  if (is_clean != other_is_clean) return is_clean;
  return is_clean ? block.attempt < other.attempt : block.attempt > other.attempt;
}

/// As nearly all blocks of a case have.
bool have_same_counters(const Block& a, const Block& b) {
  return std::ranges::equal(a.samples, b.samples, [](const auto& of_a, const auto& of_b) {
    return of_a.first == of_b.first && of_a.second.empty() == of_b.second.empty();
  });
}

void add_block(CaseEvidence& evidence, const Block& block) {
  if (block.outcome == Outcome::kUnmeasurable) evidence.unmeasurable = block.reason;
  if (block.outcome == Outcome::kFailed) {
    evidence.failure = block.reason;
    ++evidence.failed_blocks;
  }
  if (block.outcome != Outcome::kMeasured || block.round < 1) return;
  const auto index = static_cast<std::size_t>(block.round) - 1;
  if (index >= evidence.by_round.size()) evidence.by_round.resize(index + 1, nullptr);
  const Block*& chosen = evidence.by_round[index];
  if (chosen == nullptr || counts_before(block, *chosen)) chosen = &block;
}

}  // namespace

bool CaseEvidence::has_blocks() const {
  return std::ranges::any_of(by_round, [](const Block* block) { return block != nullptr; });
}

std::vector<std::string> CaseEvidence::counters() const {
  std::set<std::string> names;
  const Block* last = nullptr;
  for (const Block* block : by_round) {
    if (block == nullptr || (last != nullptr && have_same_counters(*block, *last))) continue;
    last = block;
    for (const auto& [name, samples] : block->samples) {
      if (name != "operations" && !samples.empty()) names.insert(name);
    }
  }
  return {names.begin(), names.end()};
}

std::vector<double> CaseEvidence::values(const std::string& counter) const {
  std::vector<double> values;
  for (const Block* block : by_round) {
    const auto found =
        block == nullptr ? std::map<std::string, std::vector<double>>::const_iterator{} : block->samples.find(counter);
    const bool is_there = block != nullptr && found != block->samples.end() && !found->second.empty();
    values.push_back(is_there ? median(found->second) : std::numeric_limits<double>::quiet_NaN());
  }
  return values;
}

Estimate CaseEvidence::estimate(const std::string& counter) const {
  std::vector<double> present = values(counter);
  std::erase_if(present, [](double value) { return std::isnan(value); });
  return estimate_median(present);
}

int CaseEvidence::contaminated() const {
  return static_cast<int>(std::ranges::count_if(
      by_round, [](const Block* block) { return block != nullptr && !block->contaminated.empty(); }));
}

Evidence::Evidence(const RunRecord& run, const std::vector<Block>& blocks) : run_(&run) {
  for (const auto& planned : run.plan.cases) {
    CaseEvidence evidence;
    evidence.planned = &planned;
    evidence.by_round.resize(static_cast<std::size_t>(std::max(run.plan.rounds, 0)), nullptr);
    cases_.emplace(planned.key, std::move(evidence));
  }
  for (const auto& block : blocks) {
    const auto found = cases_.find(block.case_key);
    if (found != cases_.end()) add_block(found->second, block);
  }
  for (auto& [key, evidence] : cases_) {
    const bool is_silent = evidence.unmeasurable.empty() && evidence.failed_blocks == 0 && !evidence.has_blocks();
    if (is_silent) evidence.unmeasurable = evidence.planned->dropped;  // refused by the plan, for its memory
  }
  for (const auto& label : run.plan.labels) labels_[{label.scenario, label.label}].push_back(&label);
}

const CaseEvidence* Evidence::find(const std::string& key) const {
  const auto found = cases_.find(key);
  return found == cases_.end() ? nullptr : &found->second;
}

std::vector<const LabelledCase*> Evidence::labelled(const std::string& scenario, const std::string& label) const {
  const auto found = labels_.find({scenario, label});
  return found == labels_.end() ? std::vector<const LabelledCase*>{} : found->second;
}

}  // namespace unitcost
