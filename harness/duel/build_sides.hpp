#pragma once
// Sides that are revisions: each commit is taken out of the repository and built once (docs/ci.md).
#include <array>
#include <filesystem>
#include <string>

#include "harness/duel/build_steps.hpp"

namespace unitcost {

struct BuiltSide {
  std::filesystem::path programs;  ///< <build>/benchmarks
  std::string commit;              ///< the whole hash
};

/// Builds revisions of the repository that the working folder lies in, under build/revisions/ of its top, as the preset `bench` says. What was built
/// before is not built again; an empty revision is no side. Throws BadInput when the working folder is in no repository or git does not know a revision,
/// before anything is built, and Error (exit 1) for what cannot be built.
std::array<BuiltSide, 2> build_sides(const std::array<std::string, 2>& revisions, BuildSteps& steps);

}  // namespace unitcost
