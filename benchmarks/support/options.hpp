#pragma once
// The flags that our programs understand beside Google Benchmark's own.
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace unitcost {

/// This process is one side of a pair (token.hpp).
struct PairOptions {
  int socket = -1;           ///< open, its other end at the other side
  bool moves_first = false;  ///< holds the token to begin with
  int slices = 1;
  std::int64_t warm_up_iterations = 0;  ///< before the slices of each turn
};

struct Options {
  std::optional<std::int64_t> iterations;  ///< fixed count per repetition; absent: calibrate
  std::optional<double> sample_s;          ///< least time of a sample while calibrating
  std::uint64_t seed = 1;
  bool list = false;
  bool tells_abilities = false;  ///< with `list`: print what this main() can do instead
  std::optional<PairOptions> pair;
  std::string filter;        ///< regular expression over case names; empty: all
  int repetitions = 1;       ///< --benchmark_repetitions
  bool writes_file = false;  ///< --benchmark_out was given
  std::string out_path;
  std::string out_format = "json";  ///< --benchmark_out_format
};

/// Takes our flags, the list flag and the filter out of `arguments`; what is left goes to Google Benchmark (a side of a pair writes its file itself).
/// Throws std::invalid_argument with the flag's text when a value is not a positive whole number, or when a side of a pair lacks iterations or a file.
Options take_options(std::vector<std::string>& arguments);

}  // namespace unitcost
