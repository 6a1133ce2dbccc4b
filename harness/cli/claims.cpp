// unitcost claims: what the notes say, and what this machine says to it.
#include <iostream>
#include <memory>
#include <string>

#include "harness/analyse/analyse.hpp"
#include "harness/cli/commands.hpp"
#include "harness/cli/ledger.hpp"
#include "harness/store/load.hpp"
#include "harness/store/run_folder.hpp"

namespace unitcost::cli {
namespace {

struct Options {
  std::string run = "latest";
  std::string results;
  bool json = false;
};

Exit show_claims(const Options& options, const Places& places) {
  const LoadedRun loaded = load_run(find_run(places.results, options.run));
  if (const std::string none = why_no_blocks(loaded); !none.empty()) std::cerr << "claims: " << none << "\n";
  const auto analysis = analyse(loaded.record, loaded.blocks, loaded.id);
  std::cout << (options.json ? analysis_text(claims_list(analysis)) : ledger_text(analysis, terminal_of_stdout()));
  std::cout.flush();
  if (!std::cout) throw Error(Exit::kFailed, "claims: standard output cannot be written");
  return Exit::kOk;
}

}  // namespace

void add_claims(CommandLine& line) {
  auto options = std::make_shared<Options>();
  Command command = line.command("claims", "The verdict on every claim of a run");
  command.option("run", options->run, "Run folder, or its name under the results folder").shows_default();
  command.option("--results", options->results, "Folder in which runs are looked for by name").type_name("DIR");
  command.flag("--json", options->json, "An array of claims on standard output");
  command.does(
      [options](const Places& places) { return show_claims(*options, places.with_results(options->results)); });
}

}  // namespace unitcost::cli
