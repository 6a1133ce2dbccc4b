#pragma once
// One file a command: add_<command>() declares its options on the app and, when chosen, stores the work to do.
#include <filesystem>
#include <functional>

#include <CLI/App.hpp>

#include "harness/base/error.hpp"

namespace unitcost::cli {

/// Where the program's own files are; options > environment > default.
struct Places {
  std::filesystem::path programs;   ///< <folder of unitcost>/benchmarks, or UNITCOST_PROGRAMS
  std::filesystem::path scenarios;  ///< the source tree's scenarios/, or UNITCOST_SCENARIOS
  std::filesystem::path scripts;    ///< the source tree's scripts/
  std::filesystem::path results;    ///< ./results of the source tree, or UNITCOST_RESULTS
  std::filesystem::path reports;
};

struct Context {
  Places places;
  std::function<Exit()> chosen;  ///< what the chosen command does; set by its callback
};

void add_doctor(CLI::App& app, Context& context);
void add_list(CLI::App& app, Context& context);
void add_run(CLI::App& app, Context& context);
void add_show(CLI::App& app, Context& context);
void add_claims(CLI::App& app, Context& context);
void add_report(CLI::App& app, Context& context);
void add_duel(CLI::App& app, Context& context);
void add_compare(CLI::App& app, Context& context);
void add_gate(CLI::App& app, Context& context);
void add_export(CLI::App& app, Context& context);
void add_merge(CLI::App& app, Context& context);

}  // namespace unitcost::cli
