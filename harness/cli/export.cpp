// unitcost export: runs in the formats of other tools.
#include <iostream>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "harness/base/output_file.hpp"
#include "harness/cli/commands.hpp"
#include "harness/compare/sources.hpp"
#include "harness/export/run_export.hpp"

namespace unitcost::cli {
namespace {

constexpr std::size_t kMostLeftOutShown = 5;

struct Options {
  std::vector<std::string> runs{"latest"};
  std::string format;
  std::string output;
  std::vector<std::string> counters;
  std::string results;
};

/// Each run once, by whatever names and in however many copies it was asked for: no format may say the same twice.
std::vector<LoadedRun> load_all(const Options& options, const Places& places) {
  std::vector<LoadedRun> runs;
  std::set<std::string> ids;
  for (const std::string& name : options.runs) {
    for (const auto& folder : find_sessions(name, places.results)) {
      if (!std::filesystem::is_directory(folder))
        throw BadInput(fmt::format("{}: is no run; export writes runs of unitcost", folder.string()));
      LoadedRun run = load_run(folder);
      if (ids.insert(run.id).second) runs.push_back(std::move(run));
    }
  }
  return runs;
}

Exit export_all(const Options& options, const Places& places) {
  const Exported exported = export_runs(load_all(options, places), options.format, options.counters);
  for (std::size_t at = 0; at < exported.left_out.size(); ++at) {
    if (at == kMostLeftOutShown) {
      std::cerr << "export: and " << exported.left_out.size() - at << " more are left out\n";
      break;
    }
    std::cerr << "export: left out: " << exported.left_out[at] << "\n";
  }
  if (!options.output.empty()) {
    write_output(options.output, exported.text);
    return Exit::kOk;
  }
  std::cout << exported.text << std::flush;
  if (!std::cout) throw Error(Exit::kFailed, "export: standard output cannot be written");
  return Exit::kOk;
}

}  // namespace

void add_export(CommandLine& line) {
  auto options = std::make_shared<Options>();
  Command command = line.command("export", "A run in the format of another tool");
  std::string formats = "Formats:";
  for (const auto& [name, what] : export_formats()) formats += fmt::format("\n  {:<32}{}", name, what);
  formats += "\nExit status: 0 ok, 1 it could not be written, 2 bad input.";
  command.footer(formats);
  command.option("runs", options->runs, "Run folders, folders of runs, or names under the results folder")
      .shows_default();
  command.option("--format,-f", options->format, "One of those below").required();
  command.option("--output,-o", options->output, "Write this file instead of standard output").type_name("FILE");
  command.option("--counter", options->counters, "These counters instead of the one that a case is about")
      .type_name("NAME");
  command.option("--results", options->results, "Folder in which runs are looked for by name").type_name("DIR");
  command.does([options](const Places& places) { return export_all(*options, places.with_results(options->results)); });
}

}  // namespace unitcost::cli
