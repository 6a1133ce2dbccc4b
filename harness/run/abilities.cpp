#include "harness/run/abilities.hpp"

#include <sstream>

#include <fmt/format.h>

#include "harness/base/error.hpp"
#include "harness/run/child_io.hpp"
#include "harness/run/outcome.hpp"

namespace unitcost {
namespace {

constexpr std::size_t kMostListBytes = 16U << 20U;
constexpr double kListTimeoutS = 60.0;
constexpr const char* kTokenAbility = "unitcost: token\n";

ChildResult list_with(const Launch& launch, const std::vector<std::string>& flags, ProcessRunner& runner,
                      const std::vector<std::string>& environment) {
  ChildRequest request;
  request.program = launch.program;
  request.arguments = launch.leading;
  request.arguments.insert(request.arguments.end(), flags.begin(), flags.end());
  request.environment = environment;
  request.timeout_s = kListTimeoutS;
  request.most_output_bytes = kMostListBytes;
  ChildResult result = runner.run(request);
  if (result.interrupted)
    throw Error(Exit::kInterrupted, "interrupted while the programs were asked for their cases; nothing was measured");
  return result;
}

bool worked(const ChildResult& result) { return result.end.kind == ChildEnd::Kind::kExited && result.end.code == 0; }

}  // namespace

Abilities ask_abilities(const Launch& launch, ProcessRunner& runner, const std::vector<std::string>& environment) {
  Abilities abilities;
  // With the list flag: whatever a main() makes of flags that it does not know, it measures nothing.
  const ChildResult told =
      list_with(launch, {"--unitcost_abilities", "--benchmark_list_tests=true"}, runner, environment);
  abilities.has_token = worked(told) && told.standard_output == kTokenAbility;
  ChildResult listed = list_with(launch, {"--unitcost_seed=1", "--benchmark_list_tests=true"}, runner, environment);
  abilities.is_ours = worked(listed);
  if (!abilities.is_ours) listed = list_with(launch, {"--benchmark_list_tests=true"}, runner, environment);
  if (!worked(listed)) {
    abilities.problem =
        fmt::format("asked for its cases, {}", how_it_failed(listed.end, static_cast<int>(kListTimeoutS)));
    const std::string words = last_lines(listed.standard_error, 400);
    if (!words.empty()) abilities.problem += "\n" + words;
    return abilities;
  }
  std::istringstream lines(listed.standard_output);
  for (std::string line; std::getline(lines, line);) {
    if (!line.empty()) abilities.cases.push_back(line);
  }
  return abilities;
}

}  // namespace unitcost
