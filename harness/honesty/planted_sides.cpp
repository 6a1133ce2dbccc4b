#include "harness/honesty/planted_sides.hpp"

#include <vector>

#include <fmt/format.h>

#include "harness/base/error.hpp"
#include "harness/base/files.hpp"
#include "harness/duel/sides.hpp"
#include "harness/run/command.hpp"

namespace unitcost {
namespace {

namespace fs = std::filesystem;

constexpr const char* kEnding = ".planted";
constexpr const char* kLoadSideB = "load child-b.json\n";  // what duel/pair_block calls the file of side B

/// A filter begins so; with another letter the line is as long and is for nobody.
constexpr char kForItsCase = '^';
constexpr char kForNobody = '!';

/// Executables below <build>/planted, as "family/name".
std::vector<std::string> programs_in(const fs::path& planted) {
  std::vector<std::string> names;
  std::error_code missing;
  for (const auto& entry : fs::recursive_directory_iterator(planted, missing)) {
    if (entry.is_regular_file()) names.push_back(fs::relative(entry.path(), planted).string());
  }
  if (names.empty()) {
    throw BadInput(
        fmt::format("{}: there are no programs with a delay to plant; build them (cmake --build BUILD --target "
                    "planted, or make honesty)",
                    planted.string()));
  }
  return names;
}

void unplant(const fs::path& side) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(side)) {
    if (entry.path().extension() == kEnding) files.push_back(entry.path());
  }
  for (const fs::path& file : files) fs::remove(file);
}

std::map<std::string, std::string> delay_files(const std::map<std::string, double>& delays, char begin) {
  std::map<std::string, std::string> files;
  for (const auto& [key, share] : delays) {
    const std::size_t colon = key.find(':');
    files[key.substr(0, colon)] +=
        fmt::format("delay {}{}$ {:.6g}\n", begin, escaped_for_filter(key.substr(colon + 1)), share);
  }
  return files;
}

}  // namespace

PlantedSides::PlantedSides(const fs::path& programs, const fs::path& planted, const fs::path& folder)
    : folder_(folder) {
  const std::vector<std::string> names = programs_in(planted);
  for (const fs::path& side : {a(), b()}) {
    copy_programs(programs, side);
    unplant(side);
    for (const std::string& name : names)
      fs::copy_file(planted / name, side / name, fs::copy_options::overwrite_existing);
  }
}

PlantedSides::~PlantedSides() {
  std::error_code ignored;
  fs::remove_all(folder_, ignored);
}

void PlantedSides::plant(const Piece& piece) const {
  for (const fs::path& side : {a(), b()}) unplant(side);
  for (const auto& [program, text] : delay_files(piece.delays, kForItsCase))
    write_atomically(b() / (program + kEnding), text);
  // A reads as much as B, so that the heaps of both are alike.
  for (const auto& [program, text] : delay_files(piece.delays, kForNobody))
    write_atomically(a() / (program + kEnding), text);
  if (piece.phase != Phase::kLoaded) return;
  for (const fs::path& side : {a(), b()}) {
    std::vector<fs::path> programs;
    for (const auto& entry : fs::recursive_directory_iterator(side)) {
      const bool is_program = entry.is_regular_file() && entry.path().extension().empty() &&
                              (entry.status().permissions() & fs::perms::owner_exec) != fs::perms::none;
      if (is_program) programs.push_back(entry.path());
    }
    for (const fs::path& program : programs) write_atomically(program.string() + kEnding, kLoadSideB);
  }
}

}  // namespace unitcost
