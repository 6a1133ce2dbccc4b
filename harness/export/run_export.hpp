#pragma once
// Runs in the formats of other tools (docs/formats.md, section 8). Pure functions of the runs; names of cases are escaped as each format asks.
#include <map>
#include <string>
#include <vector>

#include "harness/store/load.hpp"

namespace unitcost {

/// Every format with a word on it: "csv" -> "one line a run, for change-point tools".
const std::map<std::string, std::string>& export_formats();

/// Formats that hold one run only refuse several. Throws BadInput: an unknown format (with the nearest), several runs, nothing measured.
/// What a format cannot hold is left out and said in `left_out`.
struct Exported {
  std::string text;
  std::vector<std::string> left_out;
};
Exported export_runs(const std::vector<LoadedRun>& runs, const std::string& format,
                     const std::vector<std::string>& counters = {});

}  // namespace unitcost
