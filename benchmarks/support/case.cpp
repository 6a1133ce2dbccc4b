#include "benchmarks/support/case.hpp"

#include <cerrno>
#include <cstring>
#include <stdexcept>

#include <fmt/format.h>

namespace unitcost {

void CaseRegistry::add(std::string name, Timing timing, Body body) {
  if (!names_.insert(name).second) throw std::invalid_argument(fmt::format("case '{}' is registered twice", name));
  cases_.push_back({std::move(name), timing, std::move(body)});
}

void report_per_op(benchmark::State& state, const std::string& counter, double operations_per_iteration) {
  // An inverted rate is seconds per unit; in units of 1e-9 operations that is ns per operation.
  state.counters[counter] = benchmark::Counter(
      operations_per_iteration * 1e-9, benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
  state.counters["operations"] =
      benchmark::Counter(operations_per_iteration, benchmark::Counter::kIsIterationInvariant);
}

void report_value(benchmark::State& state, const std::string& counter, double value) {
  state.counters[counter] = benchmark::Counter(value);
}

void report_rate(benchmark::State& state, const std::string& counter, double amount_per_iteration) {
  state.counters[counter] = benchmark::Counter(amount_per_iteration, benchmark::Counter::kIsIterationInvariantRate);
}

void unmeasurable(benchmark::State& state, std::string_view reason) {
  state.SkipWithError(fmt::format("unmeasurable: {}", reason).c_str());
}

void failed(benchmark::State& state, std::string_view reason) {
  state.SkipWithError(fmt::format("failed: {}", reason).c_str());
}

void failed_call(benchmark::State& state, std::string_view what) {
  const int error = errno;
  failed(state, fmt::format("{}: {}", what, std::strerror(error)));
}

}  // namespace unitcost
