#pragma once
// What a benchmark program wrote with --benchmark_out, read strictly: Google Benchmark leaves truncated or NaN-ridden files with exit status 0.
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "harness/store/block.hpp"

namespace unitcost {

/// One repetition.
struct Row {
  std::string run_name;
  double real_ns = 0.0;  ///< wall (or manual) time per iteration
  double cpu_ns = 0.0;   ///< CPU time of the measuring thread per iteration
  std::int64_t iterations = 0;
  std::map<std::string, double> counters;  ///< whatever number the program added
  bool error = false;
  std::string error_message;
};

/// Every repetition in the document, aggregates left out. Throws BadInput: not JSON, cut off, a number in a repetition that is not finite.
std::vector<Row> parse_benchmark_json(std::string_view text);

/// What a block learnt from its rows.
struct RowsVerdict {
  Outcome outcome = Outcome::kMeasured;
  std::string reason;
  std::int64_t iterations = 0;
  std::map<std::string, std::vector<double>> samples;
};

/// Checks that the rows are `repetitions` rows of `name` and nothing else (0: at least one), and turns an error into its outcome by the prefix of its message.
RowsVerdict judge_rows(const std::vector<Row>& rows, const std::string& name, int repetitions);

}  // namespace unitcost
