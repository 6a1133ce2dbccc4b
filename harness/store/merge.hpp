#pragma once
// Runs of many machines in one folder, by content: the same run is there once, however often and under whatever name it is brought.
#include <filesystem>
#include <string>
#include <vector>

namespace unitcost {

struct MergedRun {
  enum class What {
    kCopied,
    kThere,     ///< the same content is there
    kOlder,     ///< a later stage of the same run is there
    kAdvanced,  ///< an earlier stage of it was there and gave way
    kConflict,  ///< another run of the same machine and start is there, and neither continues the other
  };
  What what = What::kCopied;
  std::filesystem::path from;
  std::filesystem::path to;
};

/// What a folder of runs knows of one machine.
struct MergedMachine {
  std::string machine_id;
  std::string label;
  int runs = 0;
  std::string newest_utc;
  std::string newest_commit;
};

struct Merged {
  std::vector<MergedRun> runs;
  std::vector<MergedMachine> machines;  ///< of the whole folder, by id
  std::string newest_commit;            ///< of the newest run in the folder
  std::vector<std::string> missing;     ///< machines without a run of that commit
};

/// Copies each run (a folder) to <into>/<machine>/<name>; logs come along, symbolic links do not. Nothing in `from` changes. A run is
/// copied beside its place and then renamed, so that an interruption leaves no half run. Throws BadInput for what is no run.
Merged merge_runs(const std::vector<std::filesystem::path>& runs, const std::filesystem::path& into);

}  // namespace unitcost
