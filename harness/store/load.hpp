#pragma once
// Reads a run folder back.
#include <filesystem>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "harness/store/block.hpp"
#include "harness/store/lines_in.hpp"
#include "harness/store/plain_line.hpp"
#include "harness/store/record_reader.hpp"
#include "harness/store/run_record.hpp"

namespace unitcost {

struct LoadedRun {
  std::filesystem::path folder;
  std::string
      id;  ///< first 12 hex digits of a ContentHash of the canonical content; nothing in it depends on the folder's name
  RunRecord record;
  std::vector<Block> blocks;  ///< as they stand in the file
  bool torn_tail = false;     ///< the last line was cut off and is left out
};

/// Of a run without blocks the sentence that says so and why; else empty.
std::string why_no_blocks(const LoadedRun& run);

/// Reads one run after the other; what they have in common is read once. Throws BadInput with file and line, the same whatever is kept.
class RunLoader {
 public:
  /// `folder` may be a symbolic link (results/latest).
  LoadedRun load(const std::filesystem::path& folder, Keep keep = Keep::kAll);

  /// The same in two steps, for whoever needs no block longer than while it is read: first the run without its blocks and without an id …
  LoadedRun open(const std::filesystem::path& folder);
  /// … then all blocks of the run that was opened last, in the order of the file, which `take` may keep by moving. Completes `run` but for its blocks.
  void read_blocks(LoadedRun& run, Keep keep, const std::function<void(Block&)>& take);
  /// A run that was opened last and is needed no more, its record unchanged: what the next may have in common with it.
  void take_back(LoadedRun&& run) { records_.take_back(std::move(run.record)); }

 private:
  RecordReader records_;
  LinesIn lines_;
  std::string identity_;  // of the run that was opened last
};

/// A single run.
LoadedRun load_run(const std::filesystem::path& folder, Keep keep = Keep::kAll);

}  // namespace unitcost
