#pragma once
// Where the program's own files are: options > environment > default.
#include "harness/cli/commands.hpp"

namespace unitcost::cli {

/// The environment's word, else beside the program: its folder's benchmarks/, and the source tree that lies around the program or the working folder.
Places find_places();

}  // namespace unitcost::cli
