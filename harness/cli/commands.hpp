#pragma once
// One file a command: add_<command>() declares its options on the command line, and the work to do when it is chosen.
#include <filesystem>

#include "harness/cli/command_line.hpp"

namespace unitcost::cli {

/// Where the program's own files are; options > environment > default.
struct Places {
  std::filesystem::path programs;   ///< <folder of unitcost>/benchmarks, or UNITCOST_PROGRAMS
  std::filesystem::path scenarios;  ///< the source tree's scenarios/, or UNITCOST_SCENARIOS
  std::filesystem::path scripts;    ///< the source tree's scripts/
  std::filesystem::path results;    ///< ./results of the source tree, or UNITCOST_RESULTS
  std::filesystem::path reports;

  /// The same with results elsewhere, as --results asks; an empty folder changes nothing.
  [[nodiscard]] Places with_results(const std::filesystem::path& folder) const;
};

void add_doctor(CommandLine& line);
void add_list(CommandLine& line);
void add_run(CommandLine& line);
void add_show(CommandLine& line);
void add_claims(CommandLine& line);
void add_report(CommandLine& line);
void add_duel(CommandLine& line);
void add_compare(CommandLine& line);
void add_gate(CommandLine& line);
void add_export(CommandLine& line);
void add_merge(CommandLine& line);
void add_honesty(CommandLine& line);

}  // namespace unitcost::cli
