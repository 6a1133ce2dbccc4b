// Link orders of this project's own programs: cmake and ninja in a second build folder.
#include <set>

#include <fmt/format.h>

#include "harness/base/digest.hpp"
#include "harness/base/error.hpp"
#include "harness/base/files.hpp"
#include "harness/duel/cmake_cache.hpp"
#include "harness/duel/layouts.hpp"
#include "harness/duel/sides.hpp"

namespace unitcost {
namespace {

namespace fs = std::filesystem;

/// The build that a side belongs to, and what of it is compared.
struct OwnBuild {
  fs::path folder;    ///< <build>
  fs::path compared;  ///< relative to it: "benchmarks", or a program in it
  fs::path layouts;   ///< <build>-layouts
  CmakeCache cache;

  [[nodiscard]] bool is_folder() const { return compared == "benchmarks"; }
  /// As ninja names it.
  [[nodiscard]] std::string target() const { return is_folder() ? "benchmarks/all" : compared.string(); }
  [[nodiscard]] fs::path log() const { return layouts / "build.log"; }
  /// Of all programs, or of one.
  [[nodiscard]] fs::path orders() const { return is_folder() ? layouts / "all" : layouts / "one" / compared; }
};

[[noreturn]] void refuse(const LinkedSide& side, const std::string& why) {
  throw BadInput(fmt::format("{}: {} cannot be linked in other orders: {}; --relink COMMAND says how to",
                             side.place.string(), side.name, why));
}

OwnBuild build_of(const LinkedSide& side) {
  fs::path folder = side.place.parent_path();
  if (!fs::is_directory(side.place)) {
    while (folder.has_relative_path() && !fs::exists(folder / "CMakeCache.txt")) folder = folder.parent_path();
  }
  const auto cache = read_cmake_cache(folder);
  const fs::path compared = side.place.lexically_relative(folder);
  if (!cache || *compared.begin() != "benchmarks" || (fs::is_directory(side.place) && compared != "benchmarks"))
    refuse(side,
           "it is not the benchmarks of a build of this project (<build>/benchmarks beside <build>/CMakeCache.txt)");
  if (fs::weakly_canonical(cache->folder) != folder)
    refuse(side, fmt::format("this is a copy of the build in {}", cache->folder));
  if (cache->generator != "Ninja")
    refuse(side, fmt::format("it was configured for {}, not for Ninja", cache->generator));
  return {folder, compared, folder.string() + "-layouts", *cache};
}

/// Linking again compiles the sources as they are now, so the programs must have been made from these.
void refuse_stale(const LinkedSide& side, const OwnBuild& build, BuildSteps& steps) {
  // Under its own name the file would be made anew first, and a dry run ends there.
  const fs::path file = build.layouts / "as-built.ninja";
  std::error_code failed;
  fs::copy_file(build.folder / "build.ninja", file, fs::copy_options::overwrite_existing, failed);
  const ChildResult ended = steps.attempt({fmt::format("looking whether {} is up to date", side.name),
                                           "ninja",
                                           {"-C", build.folder.string(), "-n", "-f", file.string(), build.target()},
                                           {},
                                           build.log()});
  fs::remove(file, failed);
  if (ended.standard_output.find("no work to do") != std::string::npos) return;
  throw BadInput(fmt::format(
      "{}: the programs of {} are not what the sources in {} now make, so other link orders would be those of other "
      "code; build them (cmake --build {}), or compare revisions with --build",
      side.place.string(), side.name, build.cache.home, build.folder.string()));
}

/// Changes with the programs, the settings and the way in which they are linked.
std::string fingerprint_of(const LinkedSide& side, const OwnBuild& build) {
  std::string text = read_file(fs::path(build.cache.home) / "cmake" / "UnitcostFlags.cmake").value_or("");
  for (const auto& [name, setting] : build.cache.settings) text += setting + "\n";
  const auto add = [&](const fs::path& file) { text += sha256_hex(read_file(file).value_or("")) + "\n"; };
  if (!build.is_folder()) add(side.place);
  else
    for (const fs::path& file : program_files(side.place)) add(side.place / file);
  return sha256_hex(text);
}

void configure(const LinkedSide& side, const OwnBuild& build, int order, BuildSteps& steps) {
  static const std::set<std::string> kOurs{"UNITCOST_LAYOUT", "UNITCOST_TESTS", "UNITCOST_FUZZ"};
  const fs::path folder = build.layouts / "build";
  std::vector<std::string> arguments{"-S", build.cache.home, "-B", folder.string(), "-G", "Ninja"};
  for (const auto& [name, setting] : build.cache.settings) {
    if (!kOurs.contains(name)) arguments.push_back("-D" + setting);
  }
  arguments.emplace_back("-DUNITCOST_TESTS=OFF");
  arguments.push_back(fmt::format("-DUNITCOST_LAYOUT={}", order));
  steps.run({fmt::format("configuring link order {} of {}", order, side.name), "cmake", arguments, {}, build.log()});
  const auto made = read_cmake_cache(folder);
  // What no source declares has no type.
  if (!made || !made->types.contains("UNITCOST_LAYOUT") || made->types.at("UNITCOST_LAYOUT") == "UNINITIALIZED")
    refuse(side, fmt::format("the sources in {} know no UNITCOST_LAYOUT, they are older than that", build.cache.home));
}

fs::path make_order(const LinkedSide& side, const OwnBuild& build, int order, BuildSteps& steps) {
  configure(side, build, order, steps);
  const fs::path folder = build.layouts / "build";
  steps.run({fmt::format("making link order {} of {}", order, side.name),
             "cmake",
             {"--build", folder.string(), "--target", build.target()},
             {},
             build.log()});
  return copy_programs(folder / build.compared, build.orders() / std::to_string(order));
}

}  // namespace

std::vector<fs::path> own_layouts(const LinkedSide& side, int count, BuildSteps& steps) {
  const OwnBuild build = build_of(side);
  std::error_code failed;
  fs::create_directories(build.layouts, failed);
  if (failed) throw BadInput(fmt::format("{}: {}", build.layouts.string(), failed.message()));
  fs::remove(build.log(), failed);
  refuse_stale(side, build, steps);
  const std::string fingerprint = fingerprint_of(side, build);
  std::vector<fs::path> places;
  for (int order = 1; order <= count; ++order) {
    const fs::path stamp = build.orders() / fmt::format("{}.stamp", order);
    const fs::path folder = build.orders() / std::to_string(order);
    if (read_file(stamp).value_or("") == fingerprint) {
      places.push_back(build.is_folder() ? folder : folder / build.compared.filename());
      continue;
    }
    steps.say(fmt::format("link order {} of {} of {}{}", order, count, side.name,
                          order == 1 ? ": compiling, with a section for every function" : ""));
    fs::remove(stamp, failed);
    places.push_back(make_order(side, build, order, steps));
    write_atomically(stamp, fingerprint);
  }
  return places;
}

}  // namespace unitcost
