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

constexpr int kForeignSampleMs = 20;  ///< nothing is known about it, so a sample is as long as for threads
constexpr const char* kForeignFamily = "program/";  ///< how the ids of these scenarios begin

struct ForeignProgram {
  std::string name;  ///< of its cases' keys: the file's name
  Launch launch;
  std::vector<std::string> cases;  ///< as it lists them
  bool has_token = false;          ///< can be one side of a pair
};

/// Asks the program for its cases. Throws BadInput when it is not there, cannot be started, or lists none.
ForeignProgram read_foreign(const std::filesystem::path& path, ProcessRunner& runner,
                            const std::vector<std::string>& environment);

/// A scenario that asks what each of its cases costs, so that analysis and report need no special case. Whatever program and cases are called, it
/// can be read back from a run: its names are spelt as a scenario spells them ("My bench.2" -> "program/my_bench_2").
Scenario scenario_of(const ForeignProgram& program);
std::string scenario_id_of(const ForeignProgram& program);
std::vector<std::string> labels_of(const ForeignProgram& program);  ///< a label a case, in the order of its cases

/// The plan of the cases whose names start with one of `only` (empty: all). Throws BadInput with the nearest names when none does, and when the
/// program lists one of them twice.
Plan foreign_plan(const ForeignProgram& program, const Profile& profile, std::uint64_t seed,
                  const std::vector<std::string>& only);

}  // namespace unitcost
