#pragma once
// The link orders of both sides of a duel, made before it begins and looked at when it is taken up again.
#include <array>
#include <filesystem>
#include <string>
#include <vector>

#include "harness/duel/build_steps.hpp"
#include "harness/duel/duel_record.hpp"
#include "harness/duel/layouts.hpp"
#include "harness/duel/measure_duel.hpp"
#include "harness/duel/scratch.hpp"
#include "harness/duel/sides.hpp"

namespace unitcost {

struct SideLayouts {
  std::array<std::vector<Programs>, 2> programs;  ///< by side: in link order 1 …
  std::array<std::vector<Digests>, 2> digests;
  std::filesystem::path scratch;  ///< where a user's command put them; empty: they stay beside the build
};

/// `sides` are what they were asked for; `name` is that of a single executable's cases. A pilot has the link orders of A alone.
SideLayouts make_side_layouts(const DuelWishes& wishes, const std::array<const SidePrograms*, 2>& sides,
                              const std::string& name, bool may_reuse, const BootOfMachine& now, BuildSteps& steps);

/// What a reader should know: programs that are the same file in every link order.
std::vector<std::string> layout_warnings(const std::array<DuelSide, 2>& sides);

}  // namespace unitcost
