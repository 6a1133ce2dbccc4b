#pragma once
// A plan and the end of a run, as a person reads them.
#include <filesystem>
#include <string>

#include "harness/run/measure.hpp"

namespace unitcost::cli {

/// Cases, rounds, time, memory, disk, and what is left out with its reason; with `all_cases` every case on a line.
std::string plan_text(const PreparedRun& run, bool all_cases);

std::string end_text(const RunEnd& end);

/// Throws Error (exit 1) when the disk has no room for the plan's blocks.
void refuse_full_disk(const PreparedRun& run, const std::filesystem::path& results);

}  // namespace unitcost::cli
