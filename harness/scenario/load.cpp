// Scenario and profile files from a folder.
#include <algorithm>
#include <fstream>
#include <map>
#include <system_error>

#include <fmt/format.h>

#include "harness/base/error.hpp"
#include "harness/scenario/faults.hpp"
#include "harness/scenario/parse.hpp"
#include "harness/scenario/words.hpp"

namespace unitcost {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kLargestFileBytes = std::size_t{1} << 20U;

/// At most one byte more than a file may have: the parser refuses it then, and a device that never ends is not read to its end.
std::string read_file(const fs::path& path) {
  std::error_code error;
  if (!fs::is_regular_file(path, error)) throw BadInput(fmt::format("{}: cannot be read: not a file", path.string()));
  std::ifstream stream(path, std::ios::binary);
  if (!stream) throw BadInput(fmt::format("{}: cannot be opened; check its permissions", path.string()));
  std::string text(kLargestFileBytes + 1, '\0');
  stream.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (stream.bad()) throw BadInput(fmt::format("{}: cannot be read", path.string()));
  text.resize(static_cast<std::size_t>(stream.gcount()));
  return text;
}

std::vector<fs::path> sorted_entries(const fs::path& dir) {
  std::error_code error;
  fs::directory_iterator begin(dir, error);
  if (error) throw BadInput(fmt::format("{}: cannot be listed: {}", dir.string(), error.message()));
  std::vector<fs::path> paths;
  for (const fs::directory_entry& entry : begin) paths.push_back(entry.path());
  std::sort(paths.begin(), paths.end());
  return paths;
}

/// Hidden files (of editors) apart.
bool is_toml(const fs::path& path) { return path.extension() == ".toml" && !path.filename().string().starts_with("."); }

struct Found {
  std::string id;
  fs::path file;
};

std::vector<Found> find_files(const fs::path& dir) {
  std::vector<Found> found;
  for (const fs::path& family : sorted_entries(dir)) {
    if (is_toml(family))
      throw BadInput(fmt::format("{}: a scenario lies in a family's folder, as {}", family.string(),
                                 (dir / "memory" / family.filename()).string()));
    if (!fs::is_directory(family) || family.filename() == "profiles" || family.filename().string().starts_with("."))
      continue;
    for (const fs::path& file : sorted_entries(family)) {
      if (!is_toml(file)) continue;
      const std::string id = family.filename().string() + "/" + file.stem().string();
      if (!is_program(id))
        throw BadInput(
            fmt::format("{}: the names of folder and file are lower-case letters, digits and _", file.string()));
      found.push_back({id, file});
    }
  }
  std::sort(found.begin(), found.end(), [](const Found& a, const Found& b) { return a.id < b.id; });
  return found;
}

/// Claims are unique by (id, variant) over all scenarios.
void refuse_twins(const std::vector<Scenario>& scenarios) {
  std::map<std::pair<std::string, std::string>, std::string> seen;
  std::string faults;
  for (const Scenario& scenario : scenarios) {
    for (const Claim& claim : scenario.claims) {
      const std::string place = fmt::format("{}:{}", scenario.file, claim.line);
      const auto [first, fresh] = seen.try_emplace({claim.id, claim.variant}, place);
      if (fresh) continue;
      const std::string variant = claim.variant.empty() ? "" : fmt::format(" variant {}", in_quotes(claim.variant));
      faults += fmt::format("{}{}: claim {}{} stands already in {}", faults.empty() ? "" : "\n", place,
                            in_quotes(claim.id), variant, first->second);
    }
  }
  if (!faults.empty()) throw BadInput(faults);
}

}  // namespace

std::vector<Scenario> load_scenarios(const std::filesystem::path& dir) {
  std::vector<Scenario> scenarios;
  std::string faults;
  for (const Found& one : find_files(dir)) {
    try {
      scenarios.push_back(parse_scenario(read_file(one.file), one.id, one.file.string()));
    } catch (const BadInput& error) {  // go on: a person mends all files in one go
      faults += (faults.empty() ? "" : "\n") + std::string(error.what());
    }
  }
  if (!faults.empty()) throw BadInput(faults);
  if (scenarios.empty())
    throw BadInput(fmt::format("{}: no scenario in it; expected <family>/<name>.toml", dir.string()));
  refuse_twins(scenarios);
  return scenarios;
}

Profile load_profile(const std::filesystem::path& dir, const std::string& name) {
  std::vector<std::string> known;
  for (const fs::path& file : sorted_entries(dir / "profiles")) {
    if (is_toml(file)) known.push_back(file.stem().string());
  }
  if (std::find(known.begin(), known.end(), name) == known.end()) {
    throw BadInput(fmt::format("no profile {}; there are {}{}", in_quotes(name), fmt::join(known, ", "),
                               did_you_mean(name, known)));
  }
  const fs::path file = dir / "profiles" / (name + ".toml");
  return parse_profile(read_file(file), name, file.string());
}

}  // namespace unitcost
