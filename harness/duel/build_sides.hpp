#pragma once
// Programs of a commit of this project: checked out beside the tree and built as the measured build is.
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "harness/run/process_runner.hpp"

namespace unitcost {

struct BuiltSide {
  std::filesystem::path programs;
  std::string name;  ///< "main (0123456789)"
};

struct BuildParts {
  ProcessRunner& processes;
  const std::vector<std::string>& environment;
  std::function<void(const std::string&)> say;  ///< what is being done; it may take minutes
};

/// Builds `commit` of the repository at `tree` in <tree>/build/duel/<commit>, or takes what an earlier duel built there. Throws BadInput when the
/// commit is unknown, Error (exit 1) with the last lines of the output when it does not build.
BuiltSide build_commit(const std::filesystem::path& tree, const std::string& commit, const BuildParts& parts);

}  // namespace unitcost
