#pragma once
// One run at a time per machine: a lock keyed by the boot, held by the open file, so that a killed run never leaves it behind.
#include <filesystem>
#include <string>

#include "harness/base/files.hpp"

namespace unitcost {

/// Where the lock lies: UNITCOST_LOCK_DIR, else the folder for temporary files that every user shares.
std::filesystem::path lock_folder();

class MachineLock {
 public:
  /// Throws BadInput that names the holder. `folder` must be one that every user shares; `boot` may be empty.
  MachineLock(const std::filesystem::path& folder, const std::string& boot, const std::string& utc);

 private:
  OwnedFd file_;
};

}  // namespace unitcost
