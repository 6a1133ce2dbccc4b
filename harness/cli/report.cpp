// unitcost report: writes analysis.json and has the page and its figures drawn from it.
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <memory>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

#include <fmt/format.h>
#include <unistd.h>
#include <boost/json/object.hpp>

#include "harness/analyse/analyse.hpp"
#include "harness/base/files.hpp"
#include "harness/cli/commands.hpp"
#include "harness/cli/ledger.hpp"
#include "harness/run/boost_runner.hpp"
#include "harness/store/load.hpp"
#include "harness/store/run_folder.hpp"

namespace unitcost::cli {
namespace {

namespace fs = std::filesystem;

constexpr double kRenderTimeoutS = 600.0;

struct Options {
  std::string run = "latest";
  std::string output;
  bool json = false;
};

struct Renderer {
  fs::path python;
  fs::path scripts;
};

/// Where the renderer would be started from; the interpreter is the project's own environment.
Renderer renderer_of(const Places& places) {
  return {places.scripts.parent_path() / ".venv" / "bin" / "python", places.scripts};
}

bool is_there(const Renderer& renderer) {
  return fs::exists(renderer.python) && fs::exists(renderer.scripts / "unitcost_report");
}

std::vector<std::string> environment_for(const Renderer& renderer) {
  std::vector<std::string> environment;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    if (!std::string_view(*entry).starts_with("PYTHONPATH=")) environment.emplace_back(*entry);
  }
  environment.push_back("PYTHONPATH=" + renderer.scripts.string());
  return environment;
}

/// Draws the page into `folder`. A renderer that fails is an error: analysis.json is there all the same.
void render(const Renderer& renderer, const fs::path& folder) {
  Interrupts interrupts;
  BoostRunner runner(interrupts);
  ChildRequest request;
  request.program = renderer.python.string();
  request.arguments = {"-m", "unitcost_report", folder.string()};
  request.environment = environment_for(renderer);
  request.timeout_s = kRenderTimeoutS;
  const ChildResult result = runner.run(request);
  std::cerr << result.standard_error;
  if (result.interrupted)
    throw Error(Exit::kInterrupted, "report: interrupted; analysis.json is written, the page is not");
  if (result.end.kind == ChildEnd::Kind::kExited && result.end.code == 0) return;
  const char* const how = result.end.kind == ChildEnd::Kind::kDeadline     ? "did not end in time"
                          : result.end.kind == ChildEnd::Kind::kSignalled  ? "was killed by a signal"
                          : result.end.kind == ChildEnd::Kind::kNotStarted ? "could not be started"
                                                                           : "failed";
  throw Error(Exit::kFailed, fmt::format("report: the renderer {} (status {}); {} is written, the page is not", how,
                                         result.end.code, (folder / "analysis.json").string()));
}

/// reports/latest -> the folder, when it lies among the reports.
void point_latest_at(const fs::path& folder, const fs::path& reports) {
  std::error_code error;
  if (!fs::equivalent(folder.parent_path(), reports, error)) return;
  const fs::path link = reports / "latest";
  const fs::path fresh = reports / fmt::format(".latest.{}", getpid());
  fs::create_directory_symlink(folder.filename(), fresh, error);
  if (!error) fs::rename(fresh, link, error);
  if (error)
    std::cerr << "report: " << link.string() << " could not be pointed at the report: " << error.message() << "\n";
}

void store_analysis(const fs::path& folder, const boost::json::value& analysis) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error)
    throw BadInput(
        fmt::format("report: {}: {}; choose another folder with --output", folder.string(), error.message()));
  write_atomically(folder / "analysis.json", analysis_text(analysis));
}

void say_where(const fs::path& folder, const boost::json::value& analysis, bool is_drawn, bool as_json) {
  const std::string analysis_path = (folder / "analysis.json").string();
  const std::string page_path = (folder / "index.html").string();
  if (as_json) {
    boost::json::object written{{"analysis", analysis_path}, {"page", nullptr}};
    if (is_drawn) written["page"] = page_path;
    std::cout << analysis_text(written);
  } else if (is_drawn) {
    std::cout << "report: " << page_path << "\n";
  } else {
    std::cout << estimates_text(analysis) << "\nanalysis: " << analysis_path << "\n";
  }
  std::cout.flush();
  if (!std::cout) throw Error(Exit::kFailed, "report: standard output cannot be written");
}

Exit write_report(const Options& options, const Places& places) {
  const fs::path run_folder = fs::canonical(find_run(places.results, options.run));
  const fs::path folder =
      fs::absolute(options.output.empty() ? places.reports / run_folder.filename() : fs::path(options.output))
          .lexically_normal();
  const LoadedRun loaded = load_run(run_folder);
  if (loaded.torn_tail)
    std::cerr << "report: the run's last line was cut off and is left out; `unitcost run --resume` measures it again\n";
  const auto analysis = analyse(loaded.record, loaded.blocks, loaded.id);
  store_analysis(folder, analysis);
  if (!options.json) std::cout << ledger_text(analysis, terminal_of_stdout()) << std::endl;

  const Renderer renderer = renderer_of(places);
  const bool is_drawn = is_there(renderer);
  if (is_drawn) {
    std::cerr << "report: drawing the figures\n";
    render(renderer, folder);
    point_latest_at(folder, places.reports);
  } else {
    std::cerr << "report: no page was drawn, because " << renderer.python.string()
              << " is missing; scripts/bootstrap makes it\n";
  }
  say_where(folder, analysis, is_drawn, options.json);
  return Exit::kOk;
}

}  // namespace

void add_report(CommandLine& line) {
  auto options = std::make_shared<Options>();
  Command command = line.command("report", "Write analysis.json and the report of a run");
  command.option("run", options->run, "Run folder, or its name under the results folder").shows_default();
  command.option("--output,-o", options->output, "Folder of the report (default: the run's name under reports/)");
  command.flag("--json", options->json, "Where analysis and page are, on standard output; no ledger");
  command.does([options](const Places& places) { return write_report(*options, places); });
}

}  // namespace unitcost::cli
