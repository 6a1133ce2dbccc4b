#pragma once
// The command line and environment of one block: pure functions of the plan, the seed and the block's key.
#include <cstdint>
#include <string>
#include <vector>

#include "harness/plan/plan.hpp"
#include "harness/run/process_runner.hpp"
#include "harness/run/programs.hpp"
#include "harness/run/strace.hpp"

namespace unitcost {

/// Which block: the key of its line.
struct BlockKey {
  int round = 0;
  int attempt = 1;
};

struct OutputFiles {
  std::string benchmark;  ///< --benchmark_out
  std::string calls;      ///< strace's table
};

/// How many rows the block is asked for.
int repetitions_of(const PlannedCase& planned, int round);

/// Flags of the program. Round 0, attempt 1 calibrates; everything later has its iterations fixed.
std::vector<std::string> benchmark_flags(const PlannedCase& planned, const Launch& launch, const BlockKey& key,
                                         std::uint64_t seed, const OutputFiles& files);

/// The whole request but for its CPU set. With `strace`, the program is traced.
ChildRequest command_for(const PlannedCase& planned, const Launch& launch, const BlockKey& key, std::uint64_t seed,
                         const OutputFiles& files, const Strace& strace, const std::vector<std::string>& environment);

/// Metacharacters of regular expressions made plain.
std::string escaped_for_filter(const std::string& name);

/// `environment` without Google Benchmark's own variables (they would change flags), and with 0 to 4095 bytes of padding drawn from `draw`.
std::vector<std::string> padded_environment(const std::vector<std::string>& environment, std::uint64_t draw);

}  // namespace unitcost
