#include "harness/duel/side_layouts.hpp"

#include <fmt/format.h>

#include "harness/duel/scratch.hpp"

namespace unitcost {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kEnoughLayouts = 8;  // docs/method.md, section 8

}  // namespace

SideLayouts make_side_layouts(const DuelWishes& wishes, const std::array<const SidePrograms*, 2>& sides,
                              const std::string& name, bool may_reuse, const BootOfMachine& now, BuildSteps& steps) {
  SideLayouts made;
  if (!wishes.relink.empty()) {
    made.scratch = scratch_of(wishes);
    if (!may_reuse) fs::remove_all(made.scratch);
    begin_scratch(made.scratch, now);
  }
  const std::array<fs::path, 2> places{wishes.a, wishes.b};
  const std::size_t count = wishes.pilot ? 1 : 2;
  for (std::size_t side = 0; side < count; ++side) {
    const SidePrograms& as_given = *sides.at(side);
    const fs::path place = fs::canonical(places.at(side));
    const LinkedSide linked{side == kA ? "A" : "B", place, needed_files(place, as_given)};
    for (const fs::path& there :
         make_layouts(linked, {wishes.layouts, wishes.relink, made.scratch, may_reuse}, steps)) {
      const SidePrograms relinked{programs_at(there, as_given.programs, name), as_given.told};
      made.programs.at(side).push_back(relinked.programs);
      made.digests.at(side).push_back(digests_of(relinked));
    }
  }
  return made;
}

std::vector<std::string> layout_warnings(const std::array<DuelSide, 2>& sides) {
  std::vector<std::string> warnings;
  if (const std::size_t count = sides[kA].layouts.size(); count > 0 && count < kEnoughLayouts) {
    warnings.push_back(fmt::format(
        "{} link orders a side are few: how far others lie from these is not in the intervals; {} or more are enough",
        count, kEnoughLayouts));
  }
  for (const DuelSide& side : sides) {
    if (side.layouts.empty()) continue;
    for (const auto& [program, digest] : side.digests) {
      if (link_orders_of(side, program) > 1) continue;
      warnings.push_back(fmt::format(
          "{} of {} is the same file in every link order: layout is not tested for its cases", program, side.name));
    }
  }
  return warnings;
}

}  // namespace unitcost
