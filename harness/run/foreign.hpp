#pragma once
// `--program PATH`: anyone's Google Benchmark executable, without a scenario.
#include <filesystem>
#include <string>
#include <vector>

#include "harness/plan/plan.hpp"
#include "harness/run/process_runner.hpp"
#include "harness/run/programs.hpp"
#include "harness/scenario/scenario.hpp"

namespace unitcost {

struct ForeignProgram {
  std::string name;  ///< of its cases' keys: the file's name
  Launch launch;
  std::vector<std::string> cases;  ///< as it lists them
  bool has_token = false;          ///< can be one side of a pair
};

/// Asks the program for its cases. Throws BadInput when it is not there, cannot be started, or lists none.
ForeignProgram read_foreign(const std::filesystem::path& path, ProcessRunner& runner,
                            const std::vector<std::string>& environment);

/// A scenario that asks what each of its cases costs, so that analysis and report need no special case.
Scenario scenario_of(const ForeignProgram& program);

/// The plan of the cases whose names start with one of `only` (empty: all). Throws BadInput with the nearest names when none does.
Plan foreign_plan(const ForeignProgram& program, const Profile& profile, std::uint64_t seed,
                  const std::vector<std::string>& only);

}  // namespace unitcost
