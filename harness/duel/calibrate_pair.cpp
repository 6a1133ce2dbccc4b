#include "harness/duel/calibrate_pair.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "harness/duel/pair_cut.hpp"
#include "harness/run/calibrate.hpp"

namespace unitcost {
namespace {

constexpr int kSlicesWithoutToken = 2;     // two whole processes a side, in the order ABBA
constexpr double kCalibrationTries = 2.5;  // samples' worth of time that Google Benchmark spends on finding the count
constexpr double kAroundPairS = 0.012;     // reference spins, readings, the flush to the disk
constexpr double kLeastStartS = 0.01;

double reading(const Block& block, const char* name) {
  const auto found = block.covariates.readings.find(name);
  return found == block.covariates.readings.end() ? 0.0 : found->second.value_or(0.0);
}

double iteration_s(const Block& block) { return 1e-9 * block.samples.at("real_ns").front(); }

double expected_pair_s(const DuelCase& duel_case, const std::array<Block, 2>& blocks, double slice_s) {
  const double warm_ups = duel_case.planned.iterations == 0 ? 0.0
                                                            : static_cast<double>(duel_case.warm_up_iterations) /
                                                                  static_cast<double>(duel_case.planned.iterations);
  double seconds = kAroundPairS;
  for (const Block& block : blocks) {
    const double start_s = std::max(kLeastStartS, reading(block, "wall_s") - kCalibrationTries * slice_s);
    const double work_s = slice_s * (duel_case.slices + warm_ups * (0.5 * duel_case.slices + 1.5));
    seconds += duel_case.has_token ? start_s + work_s : kSlicesWithoutToken * (start_s + slice_s);
  }
  return seconds;
}

}  // namespace

void calibrate_pair(DuelCase& duel_case, const std::array<Block, 2>& blocks, const std::array<std::string, 2>& names,
                    const PairCut& cut) {
  PlannedCase& planned = duel_case.planned;
  std::int64_t iterations = 0;
  bool failed = false;  // the first failure is told, whatever else keeps the other side from running
  for (std::size_t side = 0; side < blocks.size(); ++side) {
    PlannedCase alone = planned;
    alone.slow = false;
    alone.dropped.clear();  // of the other side
    calibrate(alone, {blocks[side]}, alone.rounds);
    const bool fails = alone.dropped.starts_with("failed: ");
    if (!alone.dropped.empty() && !failed) planned.dropped = fmt::format("{}: {}", names[side], alone.dropped);
    if (side == kA && !alone.dropped.empty() && !fails) duel_case.is_measurable_in_a = false;
    failed = failed || fails;
    if (alone.slow && planned.dropped.empty())
      planned.dropped = "one operation takes over half a second: a pair of slices would take too long";
    if (alone.iterations > 0) iterations = std::max(iterations, iterations_for(duel_case.slice_ms, blocks[side]));
  }
  if (!planned.dropped.empty()) return;
  planned.iterations = iterations;
  // One block a side: a side that was disturbed just then seems slow, and must not cut every pair to a few short slices.
  const auto [fast_s, slow_s] = std::minmax({iteration_s(blocks[kA]), iteration_s(blocks[kB])});
  duel_case.slices =
      duel_case.has_token ? slices_of(static_cast<double>(iterations) * fast_s, cut) : kSlicesWithoutToken;
  duel_case.warm_up_iterations =
      duel_case.has_token ? static_cast<std::int64_t>(std::floor(cut.warm_up_share * static_cast<double>(iterations)))
                          : 0;
  const bool is_on_both_sides =
      blocks[kA].samples.contains(duel_case.counter) && blocks[kB].samples.contains(duel_case.counter);
  if (!is_on_both_sides) duel_case.counter = "real_ns";
  planned.expected_s = expected_pair_s(duel_case, blocks, static_cast<double>(iterations) * slow_s);
}

bool failed_in_calibration(const DuelCase& duel_case) {
  constexpr std::array<const char*, 3> kFailures{"A: failed: ", "B: failed: ", "the copy of A: failed: "};
  return std::ranges::any_of(kFailures,
                             [&](const char* failure) { return duel_case.planned.dropped.starts_with(failure); });
}

}  // namespace unitcost
