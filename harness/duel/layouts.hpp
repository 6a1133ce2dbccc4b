#pragma once
// A side in other link orders: the same code with its functions and data at other addresses (docs/method.md, section 8).
#include <filesystem>
#include <string>
#include <vector>

#include "harness/duel/build_steps.hpp"

namespace unitcost {

/// What is linked again.
struct LinkedSide {
  std::string name;             ///< "A" or "B"
  std::filesystem::path place;  ///< a folder of programs, or one executable
  std::vector<std::string>
      needed;  ///< files that every link order must have: relative to the folder, or the executable's name
};

struct LayoutWishes {
  int count = 0;                  ///< link orders a side
  std::string relink;             ///< a user's command; empty: the side is a build of this project
  std::filesystem::path scratch;  ///< where a user's command puts programs
  bool may_reuse = false;         ///< what the command put there for a duel that is taken up again
};

/// Where the side lies in link order 1 … count: a folder or an executable each, as `side.place` is. Throws BadInput when it cannot be linked again as
/// asked, and Error when a build or the command fails.
std::vector<std::filesystem::path> make_layouts(const LinkedSide& side, const LayoutWishes& wishes, BuildSteps& steps);

/// Of <build>/benchmarks, or a program in it: a second build of the same sources in <build>-layouts, compiled once with a section for every function and linked
/// `count` times. What is there and belongs to these programs is not made again.
std::vector<std::filesystem::path> own_layouts(const LinkedSide& side, int count, BuildSteps& steps);

}  // namespace unitcost
