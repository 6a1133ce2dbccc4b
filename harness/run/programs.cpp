#include "harness/run/programs.hpp"

#include <unistd.h>

#include <set>

#include <fmt/format.h>

#include "harness/base/digest.hpp"
#include "harness/base/error.hpp"
#include "harness/base/files.hpp"
#include "harness/base/json.hpp"

namespace unitcost {
namespace {
constexpr const char* kNoPython = "Python module not built; scripts/bootstrap installs what it needs, then build again";
}

Programs::Programs(std::filesystem::path folder) : folder_(std::move(folder)) {}

std::optional<Programs::Interpreter> Programs::interpreter() const {
  const auto file = folder_ / "python" / "interpreter.json";
  const auto text = read_file(file);
  if (!text) return std::nullopt;
  const boost::json::value document = parse_json(*text, file.string());
  const JsonIn in(document, file.string());
  const auto gil = in.find("gil");
  return Interpreter{in.at("executable").text(), in.at("version").text(), !gil || gil->boolean()};
}

Launch Programs::find(const std::string& name) const {
  if (const auto known = foreign_.find(name); known != foreign_.end()) return known->second;
  if (name.starts_with("python/")) {
    const auto script = folder_ / (name + ".py");
    const auto python = interpreter();
    Launch launch;
    if (!python || access(python->executable.c_str(), X_OK) != 0 || access(script.c_str(), R_OK) != 0) {
      launch.unavailable = kNoPython;
      return launch;
    }
    launch.program = python->executable;
    launch.leading = {script.string()};
    return launch;
  }
  const auto program = folder_ / name;
  if (access(program.c_str(), X_OK) != 0 || std::filesystem::is_directory(program)) {
    throw BadInput(
        fmt::format("{}: the program of these cases is not there; build it (cmake --workflow --preset bench), or set "
                    "UNITCOST_PROGRAMS",
                    program.string()));
  }
  return {program.string(), {}, true, ""};
}

std::string program_digest(const Launch& launch) {
  const auto text_of = [](const std::filesystem::path& path) { return read_file(path).value_or(""); };
  if (launch.leading.empty()) return sha256_hex(text_of(launch.program)).substr(0, 12);
  const std::filesystem::path script = launch.leading.front();
  std::string text = text_of(script);
  std::set<std::filesystem::path> modules;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(script.parent_path())) {
    if (entry.path().extension() == ".so" || entry.path().extension() == ".py") modules.insert(entry.path());
  }
  for (const std::filesystem::path& module : modules) text += sha256_hex(text_of(module));
  return sha256_hex(text).substr(0, 12);
}

Facts Programs::python_facts() const {
  const auto python = interpreter();
  Facts facts;
  if (python) {
    facts["python"] = {Fact::Kind::kSetUp, boost::json::value(python->version), ""};
    facts["python_gil"] = {Fact::Kind::kSetUp, python->gil, ""};
  } else {
    facts["python"] = {Fact::Kind::kSetUp, nullptr, kNoPython};
    facts["python_gil"] = {Fact::Kind::kSetUp, nullptr, kNoPython};
  }
  return facts;
}

}  // namespace unitcost
