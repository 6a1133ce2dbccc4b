#pragma once
// Run folders that look like a real run, by the thousand.
#include <cstdint>
#include <filesystem>
#include <vector>

#include "harness/store/load.hpp"

namespace unitcost {

constexpr int kScaleRounds = 10;  ///< counted ones; round 0 comes before them

struct ManyRuns {
  std::vector<std::filesystem::path> folders;
  std::uintmax_t read_bytes = 0;  ///< what a comparison of all of them reads
};

/// A run of `cases` cases that were measured in `pattern`: its plan and scenarios, and a block of each case to copy. Throws BadInput when it has fewer.
LoadedRun pattern_of(LoadedRun pattern, int cases);

/// Bytes that `runs` of them take on the disk.
std::uintmax_t disk_bytes(const LoadedRun& pattern, int runs, int distinct);

/// Folders below `into`, each with a run.json of its own, so that none is the same measurement as another. Only `distinct` of their blocks.jsonl are
/// written; the others are hard links to these.
ManyRuns make_runs(const LoadedRun& pattern, int runs, int distinct, const std::filesystem::path& into);

}  // namespace unitcost
