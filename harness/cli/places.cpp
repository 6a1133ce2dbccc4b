#include "harness/cli/places.hpp"

#include <cstdlib>
#include <optional>

namespace unitcost::cli {
namespace {

namespace fs = std::filesystem;

std::optional<fs::path> from_environment(const char* name) {
  const char* value = std::getenv(name);
  if (value == nullptr || *value == '\0') return std::nullopt;
  return fs::path(value);
}

/// The nearest folder at or above `start` that holds scenarios/profiles.
std::optional<fs::path> source_tree_around(const fs::path& start) {
  std::error_code failed;
  for (fs::path folder = start; !folder.empty(); folder = folder.parent_path()) {
    if (fs::is_directory(folder / "scenarios" / "profiles", failed)) return folder;
    if (folder == folder.root_path()) break;
  }
  return std::nullopt;
}

}  // namespace

Places Places::with_results(const fs::path& folder) const {
  Places places = *this;
  if (!folder.empty()) places.results = folder;
  return places;
}

Places find_places() {
  std::error_code failed;
  const fs::path program = fs::read_symlink("/proc/self/exe", failed).parent_path();
  const fs::path working = fs::current_path(failed);
  const fs::path tree = source_tree_around(program).value_or(source_tree_around(working).value_or(working));
  Places places;
  places.programs = from_environment("UNITCOST_PROGRAMS").value_or(program / "benchmarks");
  places.scenarios = from_environment("UNITCOST_SCENARIOS").value_or(tree / "scenarios");
  places.scripts = tree / "scripts";
  places.results = from_environment("UNITCOST_RESULTS").value_or(tree / "results");
  places.reports = from_environment("UNITCOST_REPORTS").value_or(tree / "reports");
  return places;
}

}  // namespace unitcost::cli
