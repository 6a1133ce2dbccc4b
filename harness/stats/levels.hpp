#pragma once
// Which plateau is called L1, L2, last-level cache and memory, and which cliff is the size of what.
//   memory      the plateau that reaches the end of the curve, past four times the last cliff
//   l1, l2      the first and the second plateau before memory; the second has no name where the climb to it may hide a cache
//   last-cache  the last of at least three plateaus before memory: with two there is no third cache, or it shows no plateau;
//               without a name where the last plateau of all may be memory or a cache
//   first, second, last   the cliff after l1, after l2, and between last-cache and memory
#include <optional>
#include <string>
#include <vector>

#include "harness/stats/hierarchy.hpp"

namespace unitcost {

struct NamedLevel {
  std::string name;  ///< "l1" | "l2" | "last-cache" | "memory"
  std::string text;  ///< "L1", "L2", "last-level cache", "memory"
  std::optional<Plateau> plateau;
  std::string reason;  ///< why there is none
};

struct NamedCliff {
  std::string name;            ///< "first" | "second" | "last"
  std::string text;            ///< "L1", "L2", "last-level cache": the cache that ends there
  std::optional<Cliff> cliff;  ///< its size may be undecided
  std::string reason;          ///< why there is none
};

/// All four, in the order above.
std::vector<NamedLevel> name_levels(const Hierarchy& hierarchy);
/// All three. The cliffs between the second and the last one, of a machine with four caches, have no name.
std::vector<NamedCliff> name_cliffs(const Hierarchy& hierarchy);

}  // namespace unitcost
