#pragma once
// The flags that our programs understand beside Google Benchmark's own.
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace unitcost {

struct Options {
  std::optional<std::int64_t> iterations;  ///< fixed count per repetition; absent: calibrate
  double sample_s = 0.005;                 ///< least wall time of a sample while calibrating
  std::uint64_t seed = 1;
  bool list = false;
  std::string filter;        ///< regular expression over case names; empty: all
  bool writes_file = false;  ///< --benchmark_out was given
  std::string out_path;
};

/// Takes our flags, the list flag and the filter out of `arguments`; what is left goes to Google Benchmark.
/// Throws std::invalid_argument with the flag's text when a value is not a positive whole number.
Options take_options(std::vector<std::string>& arguments);

}  // namespace unitcost
