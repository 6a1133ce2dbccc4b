#include "harness/run/command.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <string_view>

#include <fmt/format.h>

#include "harness/base/mix.hpp"

namespace unitcost {
namespace {

constexpr std::uint64_t kPaddings = 4096;

/// Follows from the run's seed and the block's key alone, so a resumed run draws what the unbroken one would have drawn.
std::uint64_t block_seed(const PlannedCase& planned, const BlockKey& key, std::uint64_t seed) {
  const std::uint64_t hash = hash64(seed, fmt::format("{}\n{}\n{}", planned.key, key.round, key.attempt));
  return hash == 0 ? 1 : hash;
}

/// Where files are measured and where an interpreter finds its libraries is the user's choice; other variables of these families change what a program does and costs
/// (PYTHONMALLOC, PYTHONDEVMODE, PYTHON_GIL), and nothing would tell.
bool is_passed_on(const std::string& entry) {
  constexpr std::array<std::string_view, 3> kKept{"UNITCOST_SCRATCH_DIR=", "PYTHONHOME=", "PYTHONPATH="};
  constexpr std::array<std::string_view, 3> kDropped{"BENCHMARK_", "UNITCOST_", "PYTHON"};
  const auto begins = [&](std::string_view beginning) { return entry.starts_with(beginning); };
  return std::ranges::any_of(kKept, begins) || std::ranges::none_of(kDropped, begins);
}

}  // namespace

int repetitions_of(const PlannedCase& planned, int round) {
  return round == 0 || planned.observe == Observe::kSyscalls ? 1 : planned.samples;
}

std::string escaped_for_filter(const std::string& name) {
  std::string escaped;
  for (const char c : name) {
    if (std::string_view(R"(\^$.|?*+()[]{})").find(c) != std::string_view::npos) escaped += '\\';
    escaped += c;
  }
  return escaped;
}

std::vector<std::string> benchmark_flags(const PlannedCase& planned, const Launch& launch, const BlockKey& key,
                                         std::uint64_t seed, const OutputFiles& files) {
  std::vector<std::string> flags{fmt::format("--benchmark_filter=^{}$", escaped_for_filter(planned.name)),
                                 "--benchmark_out=" + files.benchmark,
                                 "--benchmark_out_format=json",
                                 fmt::format("--benchmark_repetitions={}", repetitions_of(planned, key.round)),
                                 "--benchmark_report_aggregates_only=false",
                                 "--benchmark_display_aggregates_only=false"};
  if (!launch.ours) {
    flags.push_back(fmt::format("--benchmark_min_time={:.3f}", 1e-3 * planned.sample_ms));
    return flags;
  }
  flags.push_back(fmt::format("--unitcost_seed={}", block_seed(planned, key, seed)));
  if (planned.observe == Observe::kSyscalls) {
    flags.emplace_back("--unitcost_iterations=1");
  } else if (planned.iterations > 0 && !(key.round == 0 && key.attempt == 1)) {
    flags.push_back(fmt::format("--unitcost_iterations={}", planned.iterations));
  } else {
    flags.push_back(fmt::format("--unitcost_sample_ms={}", planned.sample_ms));
  }
  return flags;
}

ChildRequest command_for(const PlannedCase& planned, const Launch& launch, const BlockKey& key, std::uint64_t seed,
                         const OutputFiles& files, const Strace& strace, const std::vector<std::string>& environment) {
  ChildRequest request;
  request.program = launch.program;
  if (planned.observe == Observe::kSyscalls) {
    request.program = strace.program;
    request.arguments = strace_arguments(files.calls);
    request.arguments.push_back(launch.program);
  }
  request.arguments.insert(request.arguments.end(), launch.leading.begin(), launch.leading.end());
  const auto flags = benchmark_flags(planned, launch, key, seed, files);
  request.arguments.insert(request.arguments.end(), flags.begin(), flags.end());
  request.environment = padded_environment(environment, mix64(block_seed(planned, key, seed)));
  request.timeout_s = planned.timeout_s;
  return request;
}

std::vector<std::string> padded_environment(const std::vector<std::string>& environment, std::uint64_t draw) {
  std::vector<std::string> padded;
  std::ranges::copy_if(environment, std::back_inserter(padded), is_passed_on);
  padded.push_back("UNITCOST_PADDING=" + std::string(draw % kPaddings, 'x'));
  return padded;
}

}  // namespace unitcost
