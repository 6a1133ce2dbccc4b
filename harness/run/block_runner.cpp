#include "harness/run/block_runner.hpp"

#include <algorithm>
#include <cctype>
#include <fstream>
#include <utility>

#include <fmt/format.h>

#include "harness/run/child_io.hpp"
#include "harness/run/contamination.hpp"
#include "harness/run/covariates.hpp"
#include "harness/run/full_disk.hpp"
#include "harness/run/outcome.hpp"

namespace unitcost {
namespace {

constexpr std::size_t kMostTail = 2000;
constexpr std::size_t kMostSlug = 120;

std::string slug(const std::string& key) {
  std::string text = key.substr(0, kMostSlug);
  std::replace_if(
      text.begin(), text.end(), [](unsigned char c) { return std::isalnum(c) == 0 && c != '.' && c != '-'; }, '_');
  return text;
}

}  // namespace

BlockRunner::BlockRunner(BlockParts parts, BlockSettings settings, Redactor redactor)
    : parts_(parts), settings_(std::move(settings)), redactor_(std::move(redactor)) {
  files_ = {(settings_.folder / "child.json").string(), (settings_.folder / "child.calls").string()};
}

BlockRunner::~BlockRunner() {
  std::error_code ignored;
  std::filesystem::remove(files_.benchmark, ignored);
  std::filesystem::remove(files_.calls, ignored);
}

std::string BlockRunner::why_not(const PlannedCase& planned, const Launch& launch) const {
  if (!launch.unavailable.empty()) return launch.unavailable;
  if (planned.observe == Observe::kSyscalls && settings_.strace.program.empty()) return settings_.strace.reason;
  const auto set = settings_.cpu_sets.find(planned.cpus);
  if (set == settings_.cpu_sets.end()) return fmt::format("CPU set '{}' is unknown", planned.cpus);
  return set->second.reason;
}

void BlockRunner::keep_log(const Block& block, const ChildResult& child) const {
  std::error_code ignored;
  std::filesystem::create_directories(settings_.folder / "logs", ignored);
  std::ofstream log(settings_.folder / "logs" /
                    fmt::format("{}-{}-{}.log", slug(block.case_key), block.round, block.attempt));
  log << block.case_key << "\n"
      << block.reason << "\n\n-- standard error --\n"
      << redactor_.clean(child.standard_error) << "\n-- standard output --\n"
      << redactor_.clean(child.standard_output) << "\n";
}

double BlockRunner::spin_after(int cpu) {
  const double ns = parts_.reference.spin_ns(cpu, settings_.reference_steps);
  last_spin_ = {cpu, parts_.clock.now_s(), ns};
  return ns;
}

double BlockRunner::spin_before(int cpu) {
  constexpr double kAtOnceS = 0.005;
  const bool is_fresh = last_spin_.cpu == cpu && parts_.clock.now_s() - last_spin_.ended_s < kAtOnceS;
  return is_fresh ? last_spin_.ns : spin_after(cpu);
}

std::optional<Block> BlockRunner::run(const PlannedCase& planned, const BlockKey& key, int position,
                                      double reference_median_ns) {
  Block block;
  block.case_key = planned.key;
  block.round = key.round;
  block.attempt = key.attempt;
  block.position = position;
  block.started_utc = parts_.clock.utc();
  const Launch launch = parts_.programs.find(planned.program);
  block.reason = why_not(planned, launch);
  if (!block.reason.empty()) {
    block.outcome = Outcome::kUnmeasurable;
    block.end.kind = ChildEnd::Kind::kNotStarted;
    return block;
  }

  ChildRequest request =
      command_for(planned, launch, key, settings_.seed, files_, settings_.strace, settings_.environment);
  request.cpus = settings_.cpu_sets.at(planned.cpus).cpus;
  std::error_code ignored;
  std::filesystem::remove(files_.benchmark, ignored);  // what the block before wrote must never count as this one's
  std::filesystem::remove(files_.calls, ignored);

  AroundBlock around;
  around.reference_before_ns = spin_before(request.cpus.front());
  around.before = parts_.readings.read(request.cpus);
  const ChildResult child = parts_.processes.run(request);
  if (child.interrupted) return std::nullopt;
  around.after = parts_.readings.read(request.cpus);
  around.reference_after_ns = spin_after(request.cpus.front());

  RowsVerdict verdict = read_outcome(planned, launch, key, child, files_);
  block.outcome = verdict.outcome;
  block.reason = redactor_.clean(verdict.reason);
  block.iterations = verdict.iterations;
  block.samples = std::move(verdict.samples);
  block.end = child.end;
  block.covariates = covariates_of(request.cpus, around, child, settings_.ticks_per_s);
  if (block.outcome == Outcome::kMeasured) {
    block.contaminated = contamination_of(block.covariates, reference_median_ns, settings_.ticks_per_s);
  } else if (block.outcome == Outcome::kFailed) {
    refuse_full_disk(settings_.folder);
    block.end.stderr_tail = last_lines(redactor_.clean(child.standard_error), kMostTail);
    keep_log(block, child);
  }
  return block;
}

}  // namespace unitcost
