#include "benchmarks/support/suite/strict.hpp"

#include <cmath>
#include <string>

namespace unitcost {
namespace {

/// The first number of `run` that is none; empty: all are numbers.
std::string not_finite(const Run& run) {
  if (!std::isfinite(run.real_accumulated_time)) return "real_time";
  if (!std::isfinite(run.cpu_accumulated_time)) return "cpu_time";
  for (const auto& [name, counter] : run.counters) {
    if (!std::isfinite(counter.value)) return "the counter '" + name + "'";
  }
  return "";
}

/// Older versions have `error_occurred`, newer ones `skipped`.
template <class AnyRun>
bool has_error(const AnyRun& run) {
  if constexpr (requires { run.error_occurred; }) return run.error_occurred;
  else return run.skipped != decltype(run.skipped){};
}

template <class AnyRun>
void set_error(AnyRun& run, const std::string& message) {
  if constexpr (requires { run.error_occurred; }) {
    run.error_occurred = true;
    run.error_message = message;
  } else {
    run.skipped = decltype(run.skipped)::SkippedWithError;
    run.skip_message = message;
  }
}

}  // namespace

Runs strict(const Runs& runs) {
  Runs strict_ones;
  for (Run run : runs) {
    if (run.run_type == Run::RT_Aggregate) {
      std::erase_if(run.counters, [](const auto& counter) { return !std::isfinite(counter.second.value); });
      if (!not_finite(run).empty()) continue;
    } else if (const std::string fault = not_finite(run); !fault.empty() && !has_error(run)) {
      set_error(run, "failed: " + fault + " is not a finite number");
      run.counters.clear();
    }
    strict_ones.push_back(run);
  }
  return strict_ones;
}

}  // namespace unitcost
