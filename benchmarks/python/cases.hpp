#pragma once
// Python callables as cases of a benchmark program: the same flags, the same loop and the same JSON as in C++.
#include <pybind11/pybind11.h>

#include <atomic>
#include <deque>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "benchmarks/support/case.hpp"

namespace unitcost::python {

/// One registered callable. It is handed the iteration count, because asking a `state` from Python before every iteration costs 80 ns.
struct Callable {
  pybind11::function
      body;       ///< body(iterations) -> None or a sample: `elapsed_ns` (a number), `counters` (a mapping of numbers)
  Timing timing;  ///< kManual: the sample's `elapsed_ns` is the time; kWall: Google Benchmark's clock around the call
  std::string counter;  ///< kWall: name of the cost of one operation (`call_ns`); unused with kManual
  double operations_per_iteration = 1.0;
};

/// Owns the callables. May be used from several threads; add() and run() throw while a program runs in this process, because
/// Google Benchmark has one list of benchmarks a process.
class PythonCases {
 public:
  void add_loop(std::string name, pybind11::function body, std::string counter, double operations_per_iteration);
  void add_timed(std::string name, pybind11::function body);

  /// run_cases() with the GIL released around it and taken inside each body. Returns its exit status.
  /// An exception in a body becomes a row `failed: …`, an Unmeasurable one `unmeasurable: …`; what is no `Exception`
  /// (KeyboardInterrupt, SystemExit) skips what is left and is raised here at the end.
  int run(const std::vector<std::string>& arguments);

 private:
  void add(std::string name, Callable callable);
  void measure(benchmark::State& state, const Callable& callable);
  void record(benchmark::State& state, pybind11::error_already_set& error);

  std::mutex mutex_;
  CaseRegistry registry_;
  std::deque<Callable> callables_;  // addresses stay: the bodies in `registry_` are copied where the GIL is not held
  std::optional<pybind11::error_already_set> ending_;
};

}  // namespace unitcost::python
