#include "harness/run/calibrate.hpp"

#include <algorithm>
#include <cmath>

#include "harness/plan/build.hpp"
#include "harness/run/contamination.hpp"
#include "harness/run/ledger.hpp"

namespace unitcost {
namespace {

constexpr double kSlowS = 0.5;  // METHOD, section 1: set-up or a single operation above this makes a case slow
constexpr double kProofS = 0.3;
constexpr double kLeastOperations = 30.0;
constexpr double kCountMargin =
    1.1;  // a sample is at least as long as asked for, also when a block runs a little faster
constexpr double kMostSlowdown = 2.0;  // a spin that takes longer than that was interrupted

double sample_of(const Block& block, const char* counter) {
  const auto found = block.samples.find(counter);
  return found == block.samples.end() || found->second.empty() ? 0.0 : found->second.front();
}

double wall_s(const Block& block) {
  const auto found = block.covariates.readings.find("wall_s");
  return found == block.covariates.readings.end() ? 0.0 : found->second.value_or(0.0);
}

/// Seconds of one operation; a program that reports no operations does one an iteration.
double operation_s(const Block& block) {
  const double operations = sample_of(block, "operations");
  const double per_iteration =
      operations > 0 && block.iterations > 0 ? operations / static_cast<double>(block.iterations) : 1.0;
  return 1e-9 * sample_of(block, "real_ns") / per_iteration;
}

/// The fastest of the blocks: a disturbed one would make every later sample too short.
const Block& fastest_of(const std::vector<Block>& blocks) {
  return *std::min_element(blocks.begin(), blocks.end(), [](const Block& a, const Block& b) {
    return sample_of(a, "real_ns") < sample_of(b, "real_ns");
  });
}

/// One iteration is more than enough, and would be in half the time: no other attempt finds another count.
bool is_one_iteration_for_certain(const PlannedCase& planned, const Block& block) {
  return planned.iterations == 1 && sample_of(block, "real_ns") > 2.0 * kCountMargin * 1e6 * planned.sample_ms;
}

/// How much slower than usual the machine was beside all of the blocks; 1 when one of them was not disturbed in that way.
double slowdown_of(const std::vector<Block>& blocks, double reference_median_ns) {
  if (reference_median_ns <= 0) return 1.0;
  double least = kMostSlowdown;
  for (const Block& block : blocks) {
    const double slowdown = slower_reference_ns(block.covariates) / reference_median_ns;
    least = std::min(least, slowdown > kMostReferenceRatio ? slowdown : 1.0);
  }
  return least;
}

}  // namespace

std::int64_t iterations_for(double sample_ms, const Block& block) {
  const double real_ns = std::max(1e-3, sample_of(block, "real_ns"));
  double count = std::ceil(kCountMargin * 1e6 * sample_ms / real_ns);
  const double operations = sample_of(block, "operations");
  if (operations > 0 && operation_s(block) <= kSlowS) {
    count = std::max(count, std::ceil(kLeastOperations * static_cast<double>(block.iterations) / operations));
  }
  if (operation_s(block) > kSlowS) count = 1.0;
  return static_cast<std::int64_t>(std::clamp(count, 1.0, 1e15));
}

bool wants_proof(const PlannedCase& planned, const std::vector<Block>& round_zero) {
  return planned.observe == Observe::kTime && planned.dropped.empty() && !planned.slow && round_zero.size() == 1 &&
         planned.iterations > 0 && wall_s(round_zero.front()) > kProofS;
}

bool was_disturbed(const PlannedCase& planned, const std::vector<Block>& round_zero, double reference_median_ns,
                   double ticks_per_s) {
  if (planned.observe != Observe::kTime || !planned.dropped.empty() || round_zero.empty() ||
      round_zero.size() >= kMostAttempts || (planned.slow && is_one_iteration_for_certain(planned, round_zero.front())))
    return false;
  const double reference_ns = planned.slow ? 0.0 : reference_median_ns;  // calibrate() makes up for that
  return std::none_of(round_zero.begin(), round_zero.end(), [&](const Block& block) {
    return contamination_of(block.covariates, reference_ns, ticks_per_s).empty();
  });
}

void calibrate(PlannedCase& planned, const std::vector<Block>& round_zero, int slow_rounds,
               double reference_median_ns) {
  for (const Block& block : round_zero) {
    if (block.outcome == Outcome::kUnmeasurable) planned.dropped = block.reason.empty() ? "not said why" : block.reason;
    if (block.outcome == Outcome::kFailed) planned.dropped = "failed: " + block.reason;
  }
  if (round_zero.empty() || !planned.dropped.empty()) return;
  const Block& first = round_zero.front();
  if (planned.observe == Observe::kSyscalls) {
    planned.iterations = 1;
    planned.expected_s = wall_s(first);
    if (planned.expected_s > kSlowS) make_slow(planned, slow_rounds);
    return;
  }
  const Block& fastest = fastest_of(round_zero);
  const double slowdown = planned.slow ? slowdown_of(round_zero, reference_median_ns) : 1.0;
  planned.iterations = iterations_for(slowdown * planned.sample_ms, fastest);
  const double sample_s = 1e-9 * sample_of(fastest, "real_ns") * static_cast<double>(planned.iterations);
  // Of the blocks with a fixed count the shortest; before there is one, the calibrating block, whose tries took time as well.
  double one_sample_s = wall_s(round_zero.back());
  for (std::size_t i = 1; i < round_zero.size(); ++i) one_sample_s = std::min(one_sample_s, wall_s(round_zero[i]));
  const double outside_s = round_zero.size() > 1 ? std::max(0.0, one_sample_s - sample_s) : 0.0;
  if (operation_s(fastest) > kSlowS || outside_s > kSlowS) make_slow(planned, slow_rounds);
  const double longer_s = (1.0 - 1.0 / slowdown) * sample_s;  // than the sample of those blocks
  const double block_s = one_sample_s + longer_s + (planned.samples - 1) * sample_s;
  constexpr double kAroundBlockS = 0.012;  // reference spins, readings, the flush to the disk
  planned.expected_s = block_s + kAroundBlockS;
}

}  // namespace unitcost
