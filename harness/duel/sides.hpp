#pragma once
// The programs of two sides: what they have in common, what they can do, and a copy of one of them.
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "harness/plan/plan.hpp"
#include "harness/run/abilities.hpp"
#include "harness/run/programs.hpp"
#include "harness/scenario/scenario.hpp"

namespace unitcost {

/// One side's programs by name, with what each told. A program that the side does not have is not in it.
struct SidePrograms {
  Programs programs;
  std::map<std::string, Abilities> told;

  [[nodiscard]] bool has(const PlannedCase& planned) const;
  /// Why the program could not tell its cases although it is there: it crashes. Empty where it could, or is not there.
  [[nodiscard]] std::string failure_of(const std::string& program) const;
  [[nodiscard]] bool has_token(const std::string& program) const;
};

/// `path` is a folder of programs, or one executable: its cases then carry `name`. Throws BadInput when it is neither.
SidePrograms read_side(const std::filesystem::path& path, const std::string& name, ProcessRunner& runner,
                       const std::vector<std::string>& environment, const std::vector<std::string>& wanted);

/// Forgets every program that `wanted` does not name.
void keep_only(SidePrograms& side, const std::vector<std::string>& wanted);

/// program -> first 12 hex digits of the SHA-256 of its file, a Python program's modules included.
std::map<std::string, std::string> digests_of(const SidePrograms& side);

/// The files below a folder of programs without what only a build needs, relative to it and in order.
std::vector<std::filesystem::path> program_files(const std::filesystem::path& folder);

/// What a folder must hold to have these programs, relative to it; of one executable its name.
std::vector<std::string> needed_files(const std::filesystem::path& place, const SidePrograms& side);

/// The programs of `side` where another copy of them lies: a folder or an executable, as the side is. `name` is that of a single executable's cases.
Programs programs_at(const std::filesystem::path& place, const Programs& side, const std::string& name);

/// Copies programs (a folder without what only a build needs, or one file, with links to what lies beside it) to `to`, which is emptied before. Returns where the programs then are.
std::filesystem::path copy_programs(const std::filesystem::path& from, const std::filesystem::path& to);

/// What a case is compared by: the first time ("…_ns") that a figure or a claim of its scenarios shows; empty when there is none.
std::string counter_of(const std::string& key, const std::vector<Scenario>& scenarios,
                       const std::vector<LabelledCase>& labels);

}  // namespace unitcost
