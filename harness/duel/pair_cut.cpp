#include "harness/duel/pair_cut.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace unitcost {
namespace {

/// A slice needs to hold what is typical of the case, not to average over it: the pair's median does that, and wants many slices.
constexpr double kSliceMs = 0.25;
constexpr double kMostWorkS = 0.13;  // of one side in a pair, where slices have to be long
constexpr int kLeastSlices = 4;
constexpr int kMostSlices = 120;

bool is_python_on_one_cpu(const PlannedCase& planned) {
  return planned.program.starts_with("python/") && planned.cpus == "one";
}

}  // namespace

double slice_ms_of(const PlannedCase& planned, const PairCut& cut) {
  if (cut.slice_ms > 0.0) return cut.slice_ms;
  return planned.sample_ms <= kPlainSampleMs || is_python_on_one_cpu(planned) ? kSliceMs : planned.sample_ms;
}

int slices_of(double slice_s, const PairCut& cut) {
  if (cut.slices > 0) return cut.slices;
  if (slice_s * kMostSlices <= kMostWorkS) return kMostSlices;
  return std::clamp(2 * static_cast<int>(kMostWorkS / slice_s / 2.0), kLeastSlices, kMostSlices);
}

std::string usual_cut_text() {
  return fmt::format("{} slices of {} ms, or what fits into {} s", kMostSlices, kSliceMs, kMostWorkS);
}

}  // namespace unitcost
