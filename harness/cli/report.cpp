// unitcost report: writes the analysis of a run or of a duel and has the page and its figures drawn from it.
#include <filesystem>
#include <iostream>
#include <memory>
#include <string>
#include <system_error>

#include <fmt/format.h>
#include <unistd.h>
#include <boost/json/object.hpp>

#include "harness/analyse/analyse.hpp"
#include "harness/base/files.hpp"
#include "harness/cli/commands.hpp"
#include "harness/cli/ledger.hpp"
#include "harness/cli/renderer.hpp"
#include "harness/duel/duel_document.hpp"
#include "harness/store/load.hpp"
#include "harness/store/run_folder.hpp"

namespace unitcost::cli {
namespace {

namespace fs = std::filesystem;

struct Options {
  std::string run = "latest";
  std::string output;
  std::string results;
  bool json = false;
};

/// What is reported on: the document, its name in the report's folder, and what the terminal shows of it before and after drawing.
struct Subject {
  fs::path folder;     ///< of the run or duel
  std::string file;    ///< "analysis.json"
  const char* latest;  ///< link among the reports that points at the newest of its kind
  boost::json::value document;
  std::string summary;    ///< printed at once
  std::string estimates;  ///< printed where there is no page
};

/// reports/latest -> the folder, when it lies among the reports.
void point_latest_at(const fs::path& folder, const fs::path& reports, const char* name) {
  std::error_code error;
  if (!fs::equivalent(folder.parent_path(), reports, error)) return;
  const fs::path link = reports / name;
  const fs::path fresh = reports / fmt::format(".{}.{}", name, getpid());
  fs::create_directory_symlink(folder.filename(), fresh, error);
  if (!error) fs::rename(fresh, link, error);
  if (error)
    std::cerr << "report: " << link.string() << " could not be pointed at the report: " << error.message() << "\n";
}

void say_where(const fs::path& folder, const Subject& subject, bool is_drawn, bool as_json) {
  const std::string analysis_path = (folder / subject.file).string();
  if (as_json) {
    boost::json::object written{{"analysis", analysis_path}, {"page", nullptr}};
    if (is_drawn) written["page"] = page_of(folder);
    std::cout << analysis_text(written);
  } else if (is_drawn) {
    std::cout << "report: " << page_of(folder) << "\n";
  } else {
    std::cout << subject.estimates << "\nanalysis: " << analysis_path << "\n";
  }
  std::cout.flush();
  if (!std::cout) throw Error(Exit::kFailed, "report: standard output cannot be written");
}

/// Whether `name` is a duel, looked for where runs are: the nearer of a run and a duel counts.
bool is_duel(const fs::path& results, const std::string& name) {
  for (const fs::path& candidate : {fs::path(name), results / name}) {
    if (is_there(candidate / "run.json")) return false;
    if (is_there(candidate / "duel.json")) return true;
  }
  return false;
}

Subject run_subject(const Options& options, const Places& places) {
  const fs::path folder = fs::canonical(find_run(places.results, options.run));
  LoadedRun loaded = load_run(folder);
  if (const std::string none = why_no_blocks(loaded); !none.empty()) {
    loaded.record.warnings.push_back(none);  // for the page
    std::cerr << "report: " << none << "\n";
  }
  if (loaded.torn_tail)
    std::cerr << "report: the run's last line was cut off and is left out; `unitcost run --resume` measures it again\n";
  const auto analysis = analyse(loaded.record, loaded.blocks, loaded.id);
  return {folder,
          "analysis.json",
          "latest",
          analysis,
          ledger_text(analysis, terminal_of_stdout()),
          estimates_text(analysis)};
}

Subject duel_subject(const Options& options, const Places& places) {
  const fs::path folder = find_duel(places.results, options.run);
  const auto document = duel_document(load_duel(folder));
  return {folder, "duel-analysis.json", "latest-duel", document, duel_text(document), ""};
}

Exit write_report(const Options& options, const Places& places) {
  const Subject subject =
      is_duel(places.results, options.run) ? duel_subject(options, places) : run_subject(options, places);
  const fs::path folder =
      fs::absolute(options.output.empty() ? places.reports / subject.folder.filename() : fs::path(options.output))
          .lexically_normal();
  store_document(folder, subject.file, subject.document, "report");
  if (!options.json) std::cout << subject.summary << std::endl;
  const bool is_drawn = draw_page(places, folder, subject.file, "report");
  if (is_drawn) point_latest_at(folder, places.reports, subject.latest);
  say_where(folder, subject, is_drawn, options.json);
  return Exit::kOk;
}

}  // namespace

void add_report(CommandLine& line) {
  auto options = std::make_shared<Options>();
  Command command = line.command("report", "Write the analysis and the page of a run or a duel");
  command
      .option("run", options->run,
              "Folder of a run or a duel, or its name under the results folder (latest, latest-duel)")
      .shows_default();
  command.option("--output,-o", options->output, "Folder of the report (default: the run's name under reports/)");
  command.option("--results", options->results, "Folder in which the run or duel is looked for by name")
      .type_name("DIR");
  command.flag("--json", options->json, "Where analysis and page are, on standard output; no ledger");
  command.does(
      [options](const Places& places) { return write_report(*options, places.with_results(options->results)); });
}

}  // namespace unitcost::cli
