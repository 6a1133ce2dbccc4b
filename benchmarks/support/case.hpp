#pragma once
// What every benchmark program shares: cases with exact names, counters with units, and the two ways in which a row can end without a number.
#include <benchmark/benchmark.h>

#include <functional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "benchmarks/support/draws.hpp"  // IWYU pragma: export

namespace unitcost {

/// Who holds the stop-watch of a case.
enum class Timing {
  kWall,    ///< Google Benchmark's wall clock around the `for (auto _ : state)` loop
  kManual,  ///< the body calls `state.SetIterationTime(seconds)` once per iteration
};

using Body = std::function<void(benchmark::State&)>;

struct Case {
  std::string name;  ///< printed, listed and filtered exactly so: no `/real_time` or `/iterations:n` is added
  Timing timing;
  Body body;
};

/// The cases of one program, in order of registration. Throws std::invalid_argument on a name that is there already.
class CaseRegistry {
 public:
  void add(std::string name, Timing timing, Body body);
  [[nodiscard]] const std::vector<Case>& cases() const { return cases_; }

 private:
  std::vector<Case> cases_;
  std::unordered_set<std::string> names_;
};

/// Each C++ program defines this one function; support/main.cpp calls it.
void register_cases(CaseRegistry& cases);

/// Runs what `arguments` (argv, program name first) ask for. Speaks Google Benchmark's flags, and:
///   --unitcost_iterations=N  every repetition runs exactly N iterations: nothing is calibrated
///   --unitcost_sample_ms=N   without it: calibrate to samples of at least N ms of wall time (default 5)
///   --unitcost_seed=N        seed of everything that is drawn by lot in this process
///   --unitcost_token=SOCKET,first|second,SLICES,WARM_UP_ITERATIONS  be one side of a pair (slices.hpp)
///   --unitcost_abilities     with --benchmark_list_tests: print what this main() can do besides
/// Returns the exit status: 0, or 2 for a bad flag or a filter that matches nothing, 1 when the output could not be written, 3 when the other side of the pair ended.
int run_cases(const CaseRegistry& cases, std::vector<std::string> arguments);

/// Records the mean cost of one operation over the loop as `counter` (in ns: name it `…_ns`) and how many operations the
/// loop did as `operations`. Call it after the loop. `operations_per_iteration` >= 1.
void report_per_op(benchmark::State& state, const std::string& counter, double operations_per_iteration);

/// A plain number of this sample. `counter` ends in its unit (`bytes`, `faults_per_page`, `peak_inside`).
void report_value(benchmark::State& state, const std::string& counter, double value);

/// `amount` per iteration, reported per second of the loop (`bytes_per_second`).
void report_rate(benchmark::State& state, const std::string& counter, double amount_per_iteration);

/// This machine cannot measure the row (no permission, no huge pages, one CPU); `reason` says why in a person's words.
void unmeasurable(benchmark::State& state, std::string_view reason);

/// The row is broken: a wrong answer or a failed system call.
void failed(benchmark::State& state, std::string_view reason);

/// Thrown from a body, the same as unmeasurable(); so are std::bad_alloc and a std::system_error that says that memory or another
/// limited resource ran out (ENOMEM, EAGAIN). Any other exception that leaves a body ends its row as failed().
class CannotMeasure : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// failed() with `what` and the text of errno.
void failed_call(benchmark::State& state, std::string_view what);

}  // namespace unitcost
