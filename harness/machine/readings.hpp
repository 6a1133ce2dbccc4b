#pragma once
// Counters of the machine at one moment, for the covariates of a block (METHOD, section 4).
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "harness/machine/root.hpp"

namespace unitcost {

struct Readings {
  std::optional<double> steal_ticks;  ///< summed over the CPUs asked for
  std::optional<double> irq_ticks;    ///< hard and soft
  std::optional<double> busy_ticks;   ///< everything but idle, iowait and steal
  std::optional<double> pressure_cpu_us;
  std::optional<double> pressure_memory_us;
  std::optional<double> pressure_io_us;
  std::optional<double> load_1min;
  std::optional<double> frequency_khz;  ///< mean of the CPUs
  std::optional<double> throttle_count;
  std::optional<double> cgroup_throttled_us;
};

class ReadingSource {
 public:
  explicit ReadingSource(const MachineRoot& root);
  [[nodiscard]] Readings read(const std::vector<int>& cpus) const;
  /// Covariate -> why this machine does not offer it.
  [[nodiscard]] std::map<std::string, std::string> absent(const std::vector<int>& cpus) const;

 private:
  [[nodiscard]] std::optional<std::string> read_if_there(const std::string& path) const;

  const MachineRoot* root_;
  std::vector<std::string> cpu_stat_paths_;
  mutable std::set<std::string> missing_;  ///< files that were not there the first time; nobody asks for them again
};

}  // namespace unitcost
