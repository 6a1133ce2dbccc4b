#include "harness/duel/cmake_cache.hpp"

#include <set>

#include <fmt/format.h>

#include "harness/base/files.hpp"

namespace unitcost {
namespace {

/// CMake puts quotes around a value that begins or ends with a blank.
std::string_view without_quotes(std::string_view value) {
  const bool quoted = value.size() >= 2 && value.front() == '\'' && value.back() == '\'';
  return quoted ? value.substr(1, value.size() - 2) : value;
}

void add_entry(CmakeCache& cache, std::string_view line) {
  const std::size_t colon = line.find(':');
  const std::size_t equals = line.find('=', colon == std::string_view::npos ? 0 : colon);
  if (colon == std::string_view::npos || equals == std::string_view::npos) return;
  const std::string name(line.substr(0, colon));
  const std::string type(line.substr(colon + 1, equals - colon - 1));
  const std::string value(without_quotes(line.substr(equals + 1)));
  cache.types[name] = type;
  if (name == "CMAKE_HOME_DIRECTORY") cache.home = value;
  if (name == "CMAKE_CACHEFILE_DIR") cache.folder = value;
  if (name == "CMAKE_GENERATOR") cache.generator = value;
  static const std::set<std::string> kSettable{"BOOL", "STRING", "PATH", "FILEPATH", "UNINITIALIZED"};
  // What was not found may be found by now, and is not worth being told.
  if (kSettable.contains(type) && !value.ends_with("-NOTFOUND"))
    cache.settings[name] = fmt::format("{}:{}={}", name, type == "UNINITIALIZED" ? "STRING" : type, value);
}

}  // namespace

CmakeCache parse_cmake_cache(std::string_view text) {
  CmakeCache cache;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    if (!line.empty() && line.front() != '#' && !line.starts_with("//")) add_entry(cache, line);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return cache;
}

std::optional<CmakeCache> read_cmake_cache(const std::filesystem::path& build) {
  const auto text = read_file(build / "CMakeCache.txt");
  if (!text) return std::nullopt;
  return parse_cmake_cache(*text);
}

}  // namespace unitcost
