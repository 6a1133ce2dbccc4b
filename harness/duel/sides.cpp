#include "harness/duel/sides.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "harness/analyse/wording.hpp"
#include "harness/base/error.hpp"
#include "harness/run/foreign.hpp"

namespace unitcost {
namespace {

namespace fs = std::filesystem;

bool is_program_file(const fs::path& path) {
  static const std::set<std::string> kOfTheBuild{".a", ".o", ".cmake", ".ninja", ".d"};
  return !kOfTheBuild.contains(path.extension().string());
}

void add_files(const fs::path& folder, const fs::path& below, std::vector<fs::path>& files) {
  for (const auto& entry : fs::directory_iterator(folder)) {
    const fs::path name = entry.path().filename();
    if (entry.is_directory()) {
      if (name != "CMakeFiles" && name != "__pycache__") add_files(entry.path(), below / name, files);
    } else if (entry.is_regular_file() && is_program_file(entry.path())) {
      files.push_back(below / name);
    }
  }
}

/// A program may look for a helper, a library or a file beside itself.
void link_neighbours(const fs::path& program, const fs::path& to) {
  std::error_code hidden;  // a folder that may be entered and not listed
  for (const auto& entry : fs::directory_iterator(fs::absolute(program).parent_path(), hidden)) {
    const fs::path name = entry.path().filename();
    if (name != program.filename()) fs::create_symlink(entry.path(), to / name);
  }
}

bool is_time(const std::string& counter) { return unit_of_counter(counter) == "ns"; }

bool contains(const std::vector<std::string>& labels, const std::string& label) {
  return labels.empty() || std::find(labels.begin(), labels.end(), label) != labels.end();
}

std::string counter_in(const Scenario& scenario, const std::string& label) {
  for (const Figure& figure : scenario.figures) {
    if (is_time(figure.y) && contains(figure.cases, label)) return figure.y;
  }
  for (const Claim& claim : scenario.claims) {
    if (is_time(claim.metric.counter) && contains(claim.metric.cases, label)) return claim.metric.counter;
  }
  return "";
}

}  // namespace

bool SidePrograms::has(const PlannedCase& planned) const {
  const auto found = told.find(planned.program);
  return found != told.end() &&
         std::find(found->second.cases.begin(), found->second.cases.end(), planned.name) != found->second.cases.end();
}

std::string SidePrograms::failure_of(const std::string& program) const {
  const auto found = told.find(program);
  return found == told.end() ? "" : found->second.problem;
}

bool SidePrograms::has_token(const std::string& program) const {
  const auto found = told.find(program);
  return found != told.end() && found->second.has_token;
}

SidePrograms read_side(const fs::path& path, const std::string& name, ProcessRunner& runner,
                       const std::vector<std::string>& environment, const std::vector<std::string>& wanted) {
  std::error_code missing;
  const fs::path place = fs::canonical(path, missing);
  if (missing) throw BadInput(fmt::format("{}: there is no such folder or program", path.string()));
  if (!fs::is_directory(place)) {
    const ForeignProgram foreign = read_foreign(place, runner, environment);
    SidePrograms side{Programs(place.parent_path()), {}};
    side.programs.add_foreign(name, foreign.launch);
    side.told[name] = {foreign.launch.ours, foreign.has_token, foreign.cases, ""};
    return side;
  }
  SidePrograms side{Programs(place), {}};
  for (const std::string& program : wanted) {
    try {
      const Launch launch = side.programs.find(program);
      if (launch.unavailable.empty()) side.told[program] = ask_abilities(launch, runner, environment);
    } catch (const BadInput&) {
      continue;  // this side does not have it: its cases are not in common
    }
  }
  return side;
}

void keep_only(SidePrograms& side, const std::vector<std::string>& wanted) {
  std::erase_if(side.told, [&](const auto& program) {
    return std::find(wanted.begin(), wanted.end(), program.first) == wanted.end();
  });
}

std::map<std::string, std::string> digests_of(const SidePrograms& side) {
  std::map<std::string, std::string> digests;
  for (const auto& [program, abilities] : side.told) digests[program] = program_digest(side.programs.find(program));
  return digests;
}

std::vector<fs::path> program_files(const fs::path& folder) {
  std::vector<fs::path> files;
  add_files(folder, "", files);
  std::sort(files.begin(), files.end());
  return files;
}

std::vector<std::string> needed_files(const fs::path& place, const SidePrograms& side) {
  if (!fs::is_directory(place)) return {place.filename().string()};
  std::vector<std::string> files;
  for (const auto& [program, abilities] : side.told)
    files.push_back(program.starts_with("python/") ? program + ".py" : program);
  return files;
}

Programs programs_at(const fs::path& place, const Programs& side, const std::string& name) {
  if (fs::is_directory(place)) return Programs(place);
  Launch launch = side.find(name);
  launch.program = place.string();
  Programs programs(place.parent_path());
  programs.add_foreign(name, launch);
  return programs;
}

fs::path copy_programs(const fs::path& from, const fs::path& to) {
  try {
    fs::remove_all(to);
    fs::create_directories(to);
    if (!fs::is_directory(from)) {
      fs::copy_file(from, to / from.filename());
      link_neighbours(from, to);
      return to / from.filename();
    }
    for (const fs::path& file : program_files(from)) {
      fs::create_directories((to / file).parent_path());
      fs::copy_file(from / file, to / file);  // of a link: what it points at
    }
    return to;
  } catch (const fs::filesystem_error& error) {
    throw Error(Exit::kFailed, fmt::format("the programs could not be copied: {}", error.what()));
  }
}

std::string counter_of(const std::string& key, const std::vector<Scenario>& scenarios,
                       const std::vector<LabelledCase>& labels) {
  for (const LabelledCase& label : labels) {
    if (label.key != key) continue;
    for (const Scenario& scenario : scenarios) {
      if (scenario.id != label.scenario) continue;
      if (std::string counter = counter_in(scenario, label.label); !counter.empty()) return counter;
    }
  }
  return "";
}

}  // namespace unitcost
