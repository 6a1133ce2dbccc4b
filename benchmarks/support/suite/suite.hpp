#pragma once
// Our main() for the benchmark programs of others: unitcost::benchmark_main of the installed package (docs/package.md).
#include <string>
#include <vector>

namespace unitcost {

/// Runs what `arguments` (argv, program name first) ask of the benchmarks that this program registered with Google Benchmark. Without flags of
/// ours it does what Google Benchmark's main() does; --unitcost_iterations, --unitcost_sample_ms and --unitcost_token mean what they do for
/// run_cases() (case.hpp). The file is strict JSON, and the exit status is that of run_cases().
int run_suite(std::vector<std::string> arguments);

}  // namespace unitcost
