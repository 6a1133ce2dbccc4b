#pragma once
// One block from its plan to its line: reference, readings, child, readings, reference, outcome, contamination.
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "harness/base/clock.hpp"
#include "harness/machine/readings.hpp"
#include "harness/machine/topology.hpp"
#include "harness/run/command.hpp"
#include "harness/run/process_runner.hpp"
#include "harness/run/redact.hpp"
#include "harness/run/spin_reference.hpp"
#include "harness/store/block.hpp"

namespace unitcost {

/// What blocks need and do not own; all of it outlives the BlockRunner.
struct BlockParts {
  ProcessRunner& processes;
  SpinReference& reference;
  const ReadingSource& readings;
  const Clock& clock;
  const Programs& programs;
};

struct BlockSettings {
  std::filesystem::path folder;  ///< the run's; logs/ of failed children and the children's output files lie in it
  std::uint64_t seed = 1;
  std::map<std::string, CpuChoice> cpu_sets;  ///< by the scenario's word
  Strace strace;
  std::vector<std::string> environment;
  std::int64_t reference_steps = 0;
  double ticks_per_s = 100.0;  ///< of /proc/stat
};

class BlockRunner {
 public:
  BlockRunner(BlockParts parts, BlockSettings settings, Redactor redactor);
  ~BlockRunner();
  BlockRunner(const BlockRunner&) = delete;
  BlockRunner& operator=(const BlockRunner&) = delete;

  /// Nothing when the user interrupted it: the block never happened. `reference_median_ns` 0 while round 0 runs.
  std::optional<Block> run(const PlannedCase& planned, const BlockKey& key, int position, double reference_median_ns);

 private:
  /// The spin behind the block before is the one before this block, when this block follows at once on the same CPU.
  double spin_before(int cpu);
  double spin_after(int cpu);
  [[nodiscard]] std::string why_not(const PlannedCase& planned, const Launch& launch) const;
  void keep_log(const Block& block, const ChildResult& child) const;

  BlockParts parts_;
  BlockSettings settings_;
  Redactor redactor_;
  OutputFiles files_;
  struct LastSpin {
    int cpu = -1;
    double ended_s = 0.0;
    double ns = -1.0;
  } last_spin_;
};

}  // namespace unitcost
