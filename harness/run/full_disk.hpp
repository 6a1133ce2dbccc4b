#pragma once
// A child that fails because its answer found no room has not failed: the disk has.
#include <filesystem>

namespace unitcost {

/// Throws Error (exit 1) where `folder` takes no file of 64 KiB any more, or only a shorter one: what failed just then must not be stored as
/// the program's failure. Costs a write to the disk, so it is for blocks that failed.
void refuse_full_disk(const std::filesystem::path& folder);

}  // namespace unitcost
