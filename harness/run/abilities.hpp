#pragma once
// What a program can do, by asking it.
#include <string>
#include <vector>

#include "harness/run/process_runner.hpp"
#include "harness/run/programs.hpp"

namespace unitcost {

struct Abilities {
  bool is_ours = false;            ///< its main() understands our flags
  bool has_token = false;          ///< and can be one side of a pair
  std::vector<std::string> cases;  ///< as it lists them
  std::string problem;             ///< why it lists none: how it ended and its last words; empty: it does
};

/// Asks `launch` to list its cases, with flags of ours and without. Throws Error (exit 130) when the user interrupts.
Abilities ask_abilities(const Launch& launch, ProcessRunner& runner, const std::vector<std::string>& environment);

}  // namespace unitcost
