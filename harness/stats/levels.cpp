#include "harness/stats/levels.hpp"

#include <cstddef>

namespace unitcost {
namespace {

std::string counted(std::size_t count, const std::string& what) {
  if (count == 0) return "no " + what;
  return (count == 1 ? "one " + what : std::to_string(count) + " " + what + "s");
}

std::string found_text(std::size_t caches, bool reaches_memory) {
  return "the curve shows " + counted(caches, "plateau") +
         (reaches_memory ? " before memory" : " and does not reach memory");
}

}  // namespace

std::vector<NamedLevel> name_levels(const Hierarchy& hierarchy) {
  const std::size_t plateaus = hierarchy.plateaus.size();
  const std::size_t caches = hierarchy.reaches_memory ? plateaus - 1 : plateaus;
  const std::string found = found_text(caches, hierarchy.reaches_memory);
  NamedLevel l1{"l1", "L1", std::nullopt, found};
  NamedLevel l2{"l2", "L2", std::nullopt, found};
  NamedLevel last{"last-cache", "last-level cache", std::nullopt,
                  found + ": no third cache, or one without a level stretch of an octave"};
  if (caches >= 1 && !hierarchy.starts_in_first_cache) {
    l1.reason = l2.reason = last.reason = "the curve does not begin in the first cache, so its plateaus have no names";
  } else {
    if (caches >= 1) l1.plateau = hierarchy.plateaus[0];
    if (caches >= 2) l2.plateau = hierarchy.plateaus[1];
    if (caches >= 2 && hierarchy.cliffs[0].may_hide_cache) {
      l2.plateau.reset();
      l2.reason =
          "the curve climbs from L1 to its second plateau over more than three octaves: whether that plateau is L2 or "
          "a cache after it stays open";
    }
    if (caches >= 3) last.plateau = hierarchy.plateaus[caches - 1];
  }
  if (hierarchy.last_may_be_memory) {
    if (plateaus == 2) l2.plateau.reset();
    last.plateau.reset();
    l2.reason = last.reason =
        "the end of the curve departs from its last plateau: whether that is memory or a cache stays open";
  }
  std::vector<NamedLevel> levels{l1, l2, last, {"memory", "memory", hierarchy.memory, hierarchy.memory_reason}};
  for (auto& level : levels) {
    if (level.plateau) level.reason.clear();
  }
  return levels;
}

std::vector<NamedCliff> name_cliffs(const Hierarchy& hierarchy) {
  const std::vector<NamedLevel> levels = name_levels(hierarchy);
  const std::size_t cliffs = hierarchy.cliffs.size();
  const std::string found = "the curve shows " + counted(cliffs, "cliff");
  std::vector<NamedCliff> named{{"first", "L1", std::nullopt, found},
                                {"second", "L2", std::nullopt, found},
                                {"last", "last-level cache", std::nullopt, found}};
  if (levels[0].plateau && cliffs >= 1) named[0].cliff = hierarchy.cliffs[0];
  if (levels[1].plateau && cliffs >= 2) named[1].cliff = hierarchy.cliffs[1];
  if (levels[2].plateau && hierarchy.reaches_memory && cliffs >= 3) named[2].cliff = hierarchy.cliffs.back();
  for (std::size_t i = 0; i < named.size(); ++i) {
    if (named[i].cliff) {
      named[i].reason.clear();
    } else if (!levels[i].plateau) {
      named[i].reason = levels[i].reason;
    } else if (!hierarchy.reaches_memory) {
      named[i].reason = hierarchy.memory_reason;
    }
  }
  return named;
}

}  // namespace unitcost
