#include "harness/cli/renderer.hpp"

#include <iostream>
#include <string_view>
#include <system_error>
#include <vector>

#include <fmt/format.h>
#include <unistd.h>

#include "harness/analyse/analyse.hpp"
#include "harness/base/error.hpp"
#include "harness/base/output_file.hpp"
#include "harness/run/boost_runner.hpp"

namespace unitcost::cli {
namespace {

namespace fs = std::filesystem;

constexpr double kRenderTimeoutS = 600.0;

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

void render(const Renderer& renderer, const fs::path& document, const std::string& who) {
  Interrupts interrupts;
  BoostRunner runner(interrupts);
  ChildRequest request;
  request.program = renderer.python.string();
  request.arguments = {"-m", "unitcost_report", document.string()};
  request.environment = environment_for(renderer);
  request.timeout_s = kRenderTimeoutS;
  const ChildResult result = runner.run(request);
  std::cerr << result.standard_error;
  if (result.interrupted)
    throw Error(Exit::kInterrupted,
                fmt::format("{}: interrupted; {} is written, the page is not", who, document.filename().string()));
  if (result.end.kind == ChildEnd::Kind::kExited && result.end.code == 0) return;
  const char* const how = result.end.kind == ChildEnd::Kind::kDeadline     ? "did not end in time"
                          : result.end.kind == ChildEnd::Kind::kSignalled  ? "was killed by a signal"
                          : result.end.kind == ChildEnd::Kind::kNotStarted ? "could not be started"
                                                                           : "failed";
  throw Error(Exit::kFailed, fmt::format("{}: the renderer {} (status {}); {} is written, the page is not", who, how,
                                         result.end.code, document.string()));
}

}  // namespace

void store_document(const fs::path& folder, const std::string& name, const boost::json::value& document,
                    const std::string& who) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error)
    throw Error(Exit::kFailed, fmt::format("{}: {}: cannot be made: {}; choose another folder", who, folder.string(),
                                           error.message()));
  write_output(folder / name, analysis_text(document));
}

bool draw_page(const Places& places, const fs::path& folder, const std::string& name, const std::string& who) {
  const Renderer renderer = renderer_of(places);
  if (!is_there(renderer)) {
    std::cerr << who << ": no page was drawn, because " << renderer.python.string()
              << " is missing; scripts/bootstrap makes it\n";
    return false;
  }
  std::cerr << who << ": drawing the figures\n";
  render(renderer, folder / name, who);
  return true;
}

void write_page(const Places& places, const std::string& report, const std::string& name,
                const boost::json::value& document, const std::string& who, bool as_json) {
  const fs::path folder = fs::absolute(report).lexically_normal();
  store_document(folder, name, document, who);
  std::error_code ignored;
  fs::remove(page_of(folder), ignored);  // it shows an earlier answer, and need not be drawn anew
  if (draw_page(places, folder, name, who))
    (as_json ? std::cerr : std::cout) << "report: " << page_of(folder) << std::endl;
}

std::string page_of(const fs::path& folder) { return (folder / "index.html").string(); }

}  // namespace unitcost::cli
