#include "harness/run/contamination.hpp"

#include <algorithm>

namespace unitcost {
namespace {

double reading_or_zero(const Covariates& covariates, const char* name) {
  const auto found = covariates.readings.find(name);
  return found == covariates.readings.end() ? 0.0 : found->second.value_or(0.0);
}

bool left_its_cpus(const Covariates& covariates) {
  return std::any_of(covariates.cpus_used.begin(), covariates.cpus_used.end(), [&](int cpu) {
    return std::find(covariates.cpus_asked.begin(), covariates.cpus_asked.end(), cpu) == covariates.cpus_asked.end();
  });
}

}  // namespace

double slower_reference_ns(const Covariates& covariates) {
  return std::max(reading_or_zero(covariates, "reference_before_ns"),
                  reading_or_zero(covariates, "reference_after_ns"));
}

std::vector<std::string> contamination_of(const Covariates& covariates, double reference_median_ns,
                                          double ticks_per_s) {
  std::vector<std::string> fired;
  const double cpus = static_cast<double>(std::max<std::size_t>(1, covariates.cpus_asked.size()));
  const double block_ticks = reading_or_zero(covariates, "wall_s") * ticks_per_s * cpus;
  if (reading_or_zero(covariates, "steal_ticks") > std::max(kMostStealShare * block_ticks, kMostStealTicks))
    fired.emplace_back("steal");
  if (reference_median_ns > 0 && slower_reference_ns(covariates) > kMostReferenceRatio * reference_median_ns)
    fired.emplace_back("reference");
  if (left_its_cpus(covariates)) fired.emplace_back("cpu");
  if (reading_or_zero(covariates, "throttle_count") > 0 || reading_or_zero(covariates, "cgroup_throttled_us") > 0) {
    fired.emplace_back("throttled");
  }
  return fired;
}

}  // namespace unitcost
