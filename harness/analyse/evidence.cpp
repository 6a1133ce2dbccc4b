#include "harness/analyse/evidence.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "harness/stats/order_statistics.hpp"

namespace unitcost {
namespace {

/// Whether `block` counts rather than `other` of the same round: the first clean attempt, else the last one.
bool counts_before(const CountedBlock& block, const CountedBlock& other) {
  if (other.index == CountedBlock::kNone) return true;
  if (block.is_clean != other.is_clean) return block.is_clean;
  return block.is_clean ? block.attempt < other.attempt : block.attempt > other.attempt;
}

constexpr double kNothing = std::numeric_limits<double>::quiet_NaN();

}  // namespace

void CaseEvidence::add(const Block& block, int index) {
  if (block.outcome == Outcome::kUnmeasurable) unmeasurable = block.reason;
  if (block.outcome == Outcome::kFailed) {
    failure = block.reason;
    ++failed_blocks;
  }
  if (block.outcome != Outcome::kMeasured || block.round < 1) return;
  const auto round = static_cast<std::size_t>(block.round) - 1;
  if (round >= by_round.size()) by_round.resize(round + 1);
  const CountedBlock counted{index, block.attempt, block.contaminated.empty()};
  if (!counts_before(counted, by_round[round])) return;
  by_round[round] = counted;
  keep_values(block, round);
}

void CaseEvidence::keep_values(const Block& block, std::size_t round) {
  for (Column& column : columns_) {
    if (round < column.values.size()) column.values[round] = kNothing;  // of an attempt that counts no more
  }
  std::size_t next = 0;  // blocks of a case have the same counters in the same order
  for (const auto& [counter, samples] : block.samples) {
    if (samples.empty()) continue;
    if (next >= columns_.size() || columns_[next].counter != counter) {
      next = static_cast<std::size_t>(std::ranges::find(columns_, counter, &Column::counter) - columns_.begin());
      if (next == columns_.size()) columns_.push_back({counter, {}});
    }
    std::vector<double>& values = columns_[next++].values;
    if (values.size() <= round) values.resize(std::max(by_round.size(), round + 1), kNothing);
    values[round] = median_of_few(samples);
  }
}

bool CaseEvidence::has_blocks() const {
  return std::ranges::any_of(by_round, [](const CountedBlock& block) { return block.index != CountedBlock::kNone; });
}

std::vector<std::string> CaseEvidence::counters() const {
  std::vector<std::string> names;
  for (const Column& column : columns_) {
    const bool is_there = std::ranges::any_of(column.values, [](double value) { return !std::isnan(value); });
    if (is_there && column.counter != "operations") names.push_back(column.counter);
  }
  std::ranges::sort(names);
  return names;
}

std::vector<double> CaseEvidence::values(std::string_view counter) const {
  const auto column = std::ranges::find(columns_, counter, &Column::counter);
  std::vector<double> values = column == columns_.end() ? std::vector<double>{} : column->values;
  values.resize(by_round.size(), kNothing);
  return values;
}

Estimate CaseEvidence::estimate(std::string_view counter) const {
  std::vector<double> present = values(counter);
  std::erase_if(present, [](double value) { return std::isnan(value); });
  return estimate_median(present);
}

int CaseEvidence::contaminated() const {
  return static_cast<int>(std::ranges::count_if(
      by_round, [](const CountedBlock& block) { return block.index != CountedBlock::kNone && !block.is_clean; }));
}

Evidence::Evidence(const RunRecord& run, const std::vector<Block>& blocks)
    : Evidence(run, [&](const BlockTaker& take) { std::ranges::for_each(blocks, take); }) {}

Evidence::Evidence(const RunRecord& run, const BlockFeed& feed) : run_(&run) {
  std::unordered_map<std::string_view, CaseEvidence*> by_key;  // there are ten blocks of a case and more
  for (const auto& planned : run.plan.cases) {
    const auto [at, is_new] = cases_.try_emplace(planned.key);
    if (!is_new) continue;
    at->second.planned = &planned;
    at->second.by_round.resize(static_cast<std::size_t>(std::max(run.plan.rounds, 0)));
    by_key.emplace(at->first, &at->second);
  }
  int index = 0;
  feed([&](const Block& block) {
    const auto found = by_key.find(block.case_key);
    if (found != by_key.end()) found->second->add(block, index);
    ++index;
  });
  for (auto& [key, evidence] : cases_) {
    const bool is_silent = evidence.unmeasurable.empty() && evidence.failed_blocks == 0 && !evidence.has_blocks();
    if (is_silent) evidence.unmeasurable = evidence.planned->dropped;  // refused by the plan, for its memory
  }
  std::vector<const LabelledCase*>* cases_of_label = nullptr;
  for (const auto& label : run.plan.labels) {  // those of one stand together
    const LabelledCase* last = cases_of_label == nullptr ? nullptr : cases_of_label->back();
    if (last == nullptr || last->label != label.label || last->scenario != label.scenario)
      cases_of_label = &labels_[{label.scenario, label.label}];
    cases_of_label->push_back(&label);
  }
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
