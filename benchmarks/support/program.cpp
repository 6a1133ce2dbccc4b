// run_cases(): hands our cases to Google Benchmark and keeps their names as they were registered.
#include <fstream>
#include <iostream>
#include <map>
#include <memory>
#include <new>
#include <regex>
#include <stdexcept>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "benchmarks/support/case.hpp"
#include "benchmarks/support/options.hpp"
#include "benchmarks/support/placement.hpp"
#include "benchmarks/support/reporters.hpp"
#include "benchmarks/support/slices.hpp"
#include "benchmarks/support/token.hpp"

namespace unitcost {
namespace {

constexpr int kPeerGoneStatus = 3;

struct Draws {
  std::uint64_t seed = 1;
  std::uint64_t count = 0;
};
// One process is one block; Google Benchmark's bodies are free functions, so the block's draws live here.
Draws& draws() {
  static Draws state;
  return state;
}

std::uint64_t mix(std::uint64_t x) {  // splitmix64 (Steele, Lea, Flood 2014)
  x += 0x9e3779b97f4a7c15U;
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9U;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebU;
  return x ^ (x >> 31);
}

std::vector<Case> select(const CaseRegistry& cases, std::string filter) {
  const bool negative = !filter.empty() && filter.front() == '-';
  if (negative) filter.erase(0, 1);
  const std::regex pattern(filter.empty() ? ".*" : filter);
  std::vector<Case> chosen;
  for (const Case& c : cases.cases()) {
    if (std::regex_search(c.name, pattern) != negative) chosen.push_back(c);
  }
  return chosen;
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

void hand_over(const Case& c, const Options& options) {
  auto* registered =
      benchmark::RegisterBenchmark(c.name.c_str(), [body = c.body](benchmark::State& state) { run_body(body, state); });
  if (c.timing == Timing::kManual) registered->UseManualTime();
  else registered->UseRealTime();
  if (options.iterations) registered->Iterations(*options.iterations);
  else registered->MinTime(options.sample_s);
}

/// Google Benchmark exits 0 on a full disk; a complete document ends in a closing brace.
bool is_complete(const std::string& path) {
  std::ifstream file(path, std::ios::ate | std::ios::binary);
  if (!file || file.tellg() < 3) return false;
  file.seekg(-3, std::ios::end);
  std::string tail(3, '\0');
  file.read(tail.data(), 3);
  return tail.find('}') != std::string::npos;
}

/// False when Google Benchmark knows a flag as little as we do; it has said so then.
bool initialize(std::vector<std::string>& arguments) {
  std::vector<char*> argv;
  for (std::string& argument : arguments) argv.push_back(argument.data());
  argv.push_back(nullptr);
  int argc = static_cast<int>(arguments.size());
  benchmark::Initialize(&argc, argv.data());
  return !benchmark::ReportUnrecognizedArguments(argc, argv.data());
}

void run_side(const std::vector<Case>& chosen, const Options& options) {
  if (chosen.size() != 1) throw std::invalid_argument("--unitcost_token: wants a filter that matches one case");
  const Case& c = chosen.front();
  run_in_slices(c, options, [&c](benchmark::State& state) { run_body(c.body, state); });
}

void run_all(const std::vector<Case>& chosen, const Options& options) {
  for (const Case& c : chosen) hand_over(c, options);
  // The default reporter crashes when benchmarks run twice in a process, so ours are always passed.
  PlainNames<benchmark::ConsoleReporter> console(benchmark::ConsoleReporter::OO_None);
  PlainNames<benchmark::JSONReporter> json;
  benchmark::RunSpecifiedBenchmarks(&console, options.writes_file ? &json : nullptr, ".");
}

int run(const CaseRegistry& cases, std::vector<std::string> arguments) {
  const Options options = take_options(arguments);
  draws() = {options.seed, 0};
  if (options.list && options.tells_abilities) {
    std::cout << "unitcost: token\n";
    return std::cout.flush() ? 0 : 1;
  }
  const std::vector<Case> chosen = select(cases, options.filter);
  if (chosen.empty()) {
    std::cerr << fmt::format("{}: no case matches --benchmark_filter={}; --benchmark_list_tests lists them\n",
                             arguments.front(), options.filter);
    return 2;
  }
  if (options.list) {
    for (const Case& c : chosen) std::cout << c.name << '\n';
    return std::cout.flush() ? 0 : 1;
  }

  if (!initialize(arguments)) return 2;
  options.pair ? run_side(chosen, options) : run_all(chosen, options);
  benchmark::Shutdown();
  if (options.writes_file && !is_complete(options.out_path)) {
    std::cerr << fmt::format("{}: {} could not be written whole; is the disk full?\n", arguments.front(),
                             options.out_path);
    return 1;
  }
  return 0;
}

}  // namespace

std::uint64_t block_seed() { return draws().seed; }
std::uint64_t next_draw() { return mix(draws().seed + 0x632be59bd9b4e019U * ++draws().count); }

int run_cases(const CaseRegistry& cases, std::vector<std::string> arguments) {
  try {
    return run(cases, std::move(arguments));
  } catch (const std::invalid_argument& error) {
    std::cerr << error.what() << '\n';
  } catch (const PeerGone& gone) {
    std::cerr << gone.what() << '\n';
    return kPeerGoneStatus;
  } catch (const std::system_error& error) {
    std::cerr << error.what() << '\n';
    return 1;
  } catch (const std::regex_error&) {
    std::cerr << "--benchmark_filter: not a regular expression\n";
  }
  return 2;
}

}  // namespace unitcost
