#pragma once
// Reads a run folder back.
#include <filesystem>
#include <string>
#include <vector>

#include "harness/store/block.hpp"
#include "harness/store/plain_line.hpp"
#include "harness/store/run_record.hpp"

namespace unitcost {

struct LoadedRun {
  std::filesystem::path folder;
  std::string
      id;  ///< first 12 hex digits of SHA-256 over the canonical content; nothing in it depends on the folder's name
  RunRecord record;
  std::vector<Block> blocks;  ///< as they stand in the file
  bool torn_tail = false;     ///< the last line was cut off and is left out
};

/// `folder` may be a symbolic link (results/latest). Throws BadInput with file and line, the same whatever is kept.
LoadedRun load_run(const std::filesystem::path& folder, Keep keep = Keep::kAll);

}  // namespace unitcost
