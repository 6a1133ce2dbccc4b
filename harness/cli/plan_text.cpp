#include "harness/cli/plan_text.hpp"

#include <map>

#include <fmt/format.h>

#include "harness/base/error.hpp"
#include "harness/plan/budget.hpp"
#include "harness/scenario/parse.hpp"

namespace unitcost::cli {
namespace {

std::string dropped_text(const Plan& plan) {
  std::map<std::string, int> reasons;
  for (const PlannedCase& planned : plan.cases) {
    if (!planned.dropped.empty()) ++reasons[planned.dropped];
  }
  std::string text;
  for (const auto& [reason, count] : reasons)
    text += fmt::format("  left out   {} {}: {}\n", count, count == 1 ? "case" : "cases", reason);
  return text;
}

std::string cases_text(const Plan& plan) {
  std::string text;
  for (const PlannedCase& planned : plan.cases) {
    text +=
        fmt::format("  {}  [{} × {} samples of {} ms, cpus {}, {}{}]\n", planned.key, planned.rounds, planned.samples,
                    planned.sample_ms, planned.cpus, format_size(planned.memory_bytes), planned.slow ? ", slow" : "");
  }
  return text;
}

/// A program of somebody else does not say what it needs.
std::string memory_text(std::uint64_t most_bytes, std::uint64_t free_bytes) {
  if (most_bytes == 0) return fmt::format("  memory     not known beforehand ({} is free)\n", format_size(free_bytes));
  return fmt::format("  memory     at most {} ({} is free, half of it may be used)\n", format_size(most_bytes),
                     format_size(free_bytes));
}

}  // namespace

std::string plan_text(const PreparedRun& run, bool all_cases) {
  const Plan& plan = run.record.plan;
  const Budget budget = budget_of(plan);
  const double expected_s = budget.counted_s + (plan.frozen ? 0.0 : budget.round_zero_s + budget.repeat_s);
  std::string text = fmt::format("plan: {}{}\n", run.folder.empty() ? "" : "what is left of ",
                                 fmt::format("profile {}, seed {}", plan.profile, plan.seed));
  text += fmt::format("  cases      {}{}\n", budget.cases,
                      plan.frozen || !wants_cliffs(run.record.scenarios, run.profile)
                          ? ""
                          : ", and sizes near the cliffs once round 0 has found them");
  text += fmt::format("  rounds     {}, {} blocks{}\n", plan.rounds, budget.blocks,
                      run.folder.empty() ? "" : fmt::format(", {} there already", run.blocks.size()));
  text += fmt::format("  time       about {}{}\n", duration_text(expected_s),
                      expected_s > run.profile.budget_s
                          ? fmt::format(", more than the profile's {}", duration_text(run.profile.budget_s))
                          : "");
  text += memory_text(budget.memory_bytes, run.free_memory_bytes);
  text += fmt::format("  disk       {}\n", format_size(budget.disk_bytes));
  text += dropped_text(plan);
  if (all_cases) text += cases_text(plan);
  return text;
}

std::string end_text(const RunEnd& end) {
  std::string text = fmt::format(
      "{}: {} blocks in {}, {} contaminated of which {} were repeated, {} failed; harness {:.1f} % of the run",
      end.interrupted.empty() ? "complete" : "interrupted", end.blocks, duration_text(end.wall_s), end.contaminated,
      end.repeated, end.failed, 100.0 * end.harness_share);
  if (end.memory_share > 0)
    text += fmt::format(", {:.1f} % to hold memory that the host would take back", 100.0 * end.memory_share);
  return text;
}

void refuse_full_disk(const PreparedRun& run, const std::filesystem::path& results) {
  std::error_code failed;
  const auto space = std::filesystem::space(results, failed);
  const Budget budget = budget_of(run.record.plan);
  if (failed || space.available >= budget.disk_bytes) return;
  throw Error(
      Exit::kFailed,
      fmt::format("{}: the run needs {} and {} is free; free some space or choose another folder with --results DIR",
                  results.string(), format_size(budget.disk_bytes), format_size(space.available)));
}

}  // namespace unitcost::cli
