#pragma once
// A run from its plan to its end: prepared new or taken up again, then measured.
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "harness/plan/build.hpp"
#include "harness/run/progress.hpp"
#include "harness/run/site.hpp"
#include "harness/store/run_record.hpp"

namespace unitcost {

struct RunWishes {
  std::string profile = "standard";
  std::vector<std::string> only;
  std::filesystem::path program;  ///< --program; empty: scenarios
  std::uint64_t seed = 1;
  std::string label;
  std::filesystem::path scenarios;
  std::filesystem::path results;
};

/// Ready to be measured; nothing is on the disk of a new one yet.
struct PreparedRun {
  RunRecord record;
  Profile profile;
  PlanWishes wishes;
  std::filesystem::path folder;  ///< empty: new
  std::vector<Block> blocks;     ///< of a run that is taken up again
  std::string id;                ///< the same: as it was when it was read
  std::uint64_t free_memory_bytes = 0;
};

struct RunEnd {
  std::filesystem::path folder;
  std::string interrupted;  ///< by what, when the user stopped it; empty: it came to its end
  int blocks = 0;
  int failed = 0;
  int contaminated = 0;
  int repeated = 0;
  double wall_s = 0.0;         ///< all sittings
  double harness_share = 0.0;  ///< CPU time of the harness over the run's wall time
  double memory_share = 0.0;   ///< the same of holding memory that the host would take back
  std::vector<std::string> warnings;
};

/// Throws BadInput for whatever cannot be measured as asked, before anything is written.
PreparedRun prepare_new(const RunWishes& wishes, Site& site);

/// Takes up `folder`. Throws BadInput with the reason when it is complete, or was begun by another build, with other programs, on another machine or before a reboot.
PreparedRun prepare_resumed(const std::filesystem::path& folder, const RunWishes& wishes, Site& site);

/// Measures what is left. Throws BadInput when another run measures, or went on with this one since it was prepared, and
/// Error when a block cannot be stored; finished blocks are then intact.
RunEnd measure(PreparedRun prepared, const std::filesystem::path& results, Site& site, Progress& progress);

}  // namespace unitcost
