#pragma once
// One run at a time per machine: a lock keyed by the boot, held by the open file, so that a killed run never leaves it behind.
#include <filesystem>
#include <string>

#include "harness/base/files.hpp"

namespace unitcost {

class MachineLock {
 public:
  /// Throws BadInput that names the holder. `folder` must be one that every user shares; `boot` may be empty.
  MachineLock(const std::filesystem::path& folder, const std::string& boot, const std::string& utc);

 private:
  OwnedFd file_;
};

}  // namespace unitcost
