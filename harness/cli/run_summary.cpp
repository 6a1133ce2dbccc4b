#include "harness/cli/run_summary.hpp"

#include <algorithm>
#include <map>

#include <fmt/format.h>

namespace unitcost::cli {
namespace {

double median_of(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  const std::size_t middle = values.size() / 2;
  return values.size() % 2 == 1 ? values[middle] : 0.5 * (values[middle - 1] + values[middle]);
}

std::string leading_counter(const Block& block) {
  if (block.samples.contains("syscalls")) return "syscalls";
  for (const auto& [counter, values] : block.samples) {
    if (counter != "real_ns" && counter.ends_with("_ns")) return counter;
  }
  return block.samples.contains("real_ns") ? "real_ns" : "";
}

/// The first clean attempt of a round, else the last.
using Rounds = std::map<int, const Block*>;

CaseSummary summary_of(const PlannedCase& planned, const std::vector<const Block*>& blocks) {
  CaseSummary summary;
  summary.key = planned.key;
  summary.note = planned.dropped;
  Rounds rounds;
  for (const Block* block : blocks) {
    if (block->outcome == Outcome::kFailed) {
      ++summary.failed;
      summary.note = fmt::format("failed: {}", block->reason);
    }
    if (!block->contaminated.empty()) ++summary.contaminated;
    if (block->round == 0 || block->outcome != Outcome::kMeasured) continue;
    const Block*& kept = rounds[block->round];
    if (kept == nullptr || !kept->contaminated.empty()) kept = block;
  }
  std::vector<double> values;
  for (const auto& [round, block] : rounds) {
    if (summary.counter.empty()) summary.counter = leading_counter(*block);
    const auto samples = block->samples.find(summary.counter);
    if (samples != block->samples.end() && !samples->second.empty()) values.push_back(median_of(samples->second));
  }
  summary.blocks = static_cast<int>(values.size());
  if (!values.empty()) summary.median = median_of(values);
  if (summary.note.empty() && summary.contaminated > 0)
    summary.note = fmt::format("{} contaminated", summary.contaminated);
  return summary;
}

}  // namespace

std::vector<CaseSummary> summarise(const Plan& plan, const std::vector<Block>& blocks) {
  std::map<std::string, std::vector<const Block*>> by_case;
  for (const Block& block : blocks) by_case[block.case_key].push_back(&block);
  std::vector<CaseSummary> summaries;
  for (const PlannedCase& planned : plan.cases) summaries.push_back(summary_of(planned, by_case[planned.key]));
  return summaries;
}

}  // namespace unitcost::cli
