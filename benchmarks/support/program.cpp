// run_cases(): hands our cases to Google Benchmark and keeps their names as they were registered.
#include <algorithm>
#include <cstdint>
#include <new>
#include <regex>
#include <stdexcept>
#include <string>
#include <system_error>
#include <utility>

#include "benchmarks/support/case.hpp"
#include "benchmarks/support/frame.hpp"
#include "benchmarks/support/options.hpp"
#include "benchmarks/support/placement.hpp"
#include "benchmarks/support/reporters.hpp"
#include "benchmarks/support/slices.hpp"

namespace unitcost {
namespace {

constexpr double kSampleS = 0.005;  // where neither a count nor a time is asked for
constexpr const char* kSlice = "slice";
constexpr const char* kWarmUp = "warm_up";

std::vector<Case> select(const CaseRegistry& cases, std::string filter) {
  const bool negative = !filter.empty() && filter.front() == '-';
  if (negative) filter.erase(0, 1);
  try {
    const std::regex pattern(filter.empty() ? ".*" : filter);
    std::vector<Case> chosen;
    for (const Case& c : cases.cases()) {
      if (std::regex_search(c.name, pattern) != negative) chosen.push_back(c);
    }
    return chosen;
  } catch (const std::regex_error&) {
    throw std::invalid_argument("--benchmark_filter: not a regular expression");
  }
}

void run_body(const Body& body, benchmark::State& state) {
  try {
    with_shifted_stack(next_draw() % 4096, [&] { body(state); });
  } catch (const CannotMeasure& reason) {
    unmeasurable(state, reason.what());
  } catch (const std::bad_alloc&) {
    unmeasurable(state, "out of memory");
  } catch (const std::system_error& error) {
    // A limit of this machine (memory, processes, threads), not a fault of ours.
    const bool is_limit =
        error.code() == std::errc::not_enough_memory || error.code() == std::errc::resource_unavailable_try_again;
    is_limit ? unmeasurable(state, error.what()) : failed(state, error.what());
  } catch (const std::exception& error) {
    failed(state, error.what());
  }
}

auto* hand_over(const std::string& name, const Case& c) {
  auto* registered =
      benchmark::RegisterBenchmark(name.c_str(), [body = c.body](benchmark::State& state) { run_body(body, state); });
  if (c.timing == Timing::kManual) registered->UseManualTime();
  else registered->UseRealTime();
  return registered;
}

/// Google Benchmark has no way to run part of a benchmark, but it can be asked for one registered benchmark after another.
Runs work(const char* name) {
  Kept kept;
  benchmark::RunSpecifiedBenchmarks(&kept, nullptr, std::string("^") + name);
  return kept.take();
}

void run_side(const std::vector<Case>& chosen, const Options& options) {
  if (chosen.size() != 1) throw std::invalid_argument("--unitcost_token: wants a filter that matches one case");
  const Case& c = chosen.front();
  const std::int64_t warm_up = std::max<std::int64_t>(1, options.pair->warm_up_iterations);
  hand_over(kSlice, c)->Iterations(*options.iterations)->Repetitions(1);
  hand_over(kWarmUp, c)->Iterations(warm_up)->Repetitions(1);
  run_in_slices(c.name, options, {[] { return work(kWarmUp); }, [] { return work(kSlice); }});
}

void run_all(const std::vector<Case>& chosen, const Options& options) {
  for (const Case& c : chosen) {
    auto* registered = hand_over(c.name, c);
    if (options.iterations) registered->Iterations(*options.iterations);
    else registered->MinTime(options.sample_s.value_or(kSampleS));
  }
  // The default reporter crashes when benchmarks run twice in a process, so ours are always passed.
  Edited<benchmark::ConsoleReporter> console(plain_runs, benchmark::ConsoleReporter::OO_None);
  Edited<benchmark::JSONReporter> json(plain_runs);
  benchmark::RunSpecifiedBenchmarks(&console, options.writes_file ? &json : nullptr, ".");
}

std::vector<std::string> names_of(const std::vector<Case>& cases) {
  std::vector<std::string> names;
  for (const Case& c : cases) names.push_back(c.name);
  return names;
}

int run(const CaseRegistry& cases, std::vector<std::string> arguments) {
  const Options options = take_options(arguments);
  start_draws(options.seed);
  if (options.list && options.tells_abilities) return tell_abilities();
  const std::vector<Case> chosen = select(cases, options.filter);
  if (chosen.empty()) return nothing_matches(arguments.front(), options.filter);
  if (options.list) return tell_names(names_of(chosen));

  if (!initialize(arguments)) return kBadUsage;
  options.pair ? run_side(chosen, options) : run_all(chosen, options);
  benchmark::Shutdown();
  return check_output(arguments.front(), options);
}

}  // namespace

int run_cases(const CaseRegistry& cases, std::vector<std::string> arguments) {
  return exit_status_of([&] { return run(cases, std::move(arguments)); });
}

}  // namespace unitcost
