#include "harness/run/strace.hpp"

#include <unistd.h>

#include <sstream>

#include <fmt/format.h>

#include "harness/base/error.hpp"
#include "harness/run/child_io.hpp"

namespace unitcost {
namespace {

constexpr const char* kInstall = "strace is not installed; scripts/bootstrap installs it";

std::string find_in_path(const std::string& path, const std::string& name) {
  std::istringstream folders(path);
  for (std::string folder; std::getline(folders, folder, ':');) {
    std::string candidate = folder + "/" + name;
    if (!folder.empty() && access(candidate.c_str(), X_OK) == 0) return candidate;
  }
  return "";
}

}  // namespace

Strace find_strace(ProcessRunner& runner, const std::string& path) {
  Strace strace;
  const std::string program = find_in_path(path, "strace");
  if (program.empty()) {
    strace.reason = kInstall;
    return strace;
  }
  ChildRequest request;
  request.program = program;
  request.timeout_s = 10;
  request.arguments = {"-V"};
  const ChildResult version = runner.run(request);
  const std::string first_line = version.standard_output.substr(0, version.standard_output.find('\n'));
  const std::size_t last_word = first_line.rfind(' ');
  strace.version = last_word == std::string::npos ? first_line : first_line.substr(last_word + 1);
  request.arguments = strace_arguments("/dev/null");
  request.arguments.insert(request.arguments.end(), {program, "-V"});
  const ChildResult trial = runner.run(request);
  if (trial.end.kind == ChildEnd::Kind::kExited && trial.end.code == 0) {
    strace.program = program;
  } else {
    strace.reason = fmt::format("tracing is refused here ({}); allow ptrace (in a container: --cap-add=SYS_PTRACE)",
                                last_lines(trial.standard_error, 120));
  }
  return strace;
}

Fact strace_fact(const Strace& strace) {
  if (strace.program.empty()) return {Fact::Kind::kSetUp, nullptr, strace.reason};
  return {Fact::Kind::kSetUp, boost::json::value(strace.version), ""};
}

std::vector<std::string> strace_arguments(const std::string& file) {
  return {"-f", "-qq", "-c", "-U", "name,calls,errors", "-o", file};
}

std::map<std::string, double> parse_strace_counts(std::string_view text) {
  std::istringstream lines{std::string(text)};
  std::string line;
  std::map<std::string, double> counts;
  double sum = 0.0;
  double total = -1.0;
  for (int number = 1; std::getline(lines, line); ++number) {
    std::istringstream words(line);
    std::string name;
    double calls = 0.0;
    if (!(words >> name) || name == "syscall" || name.starts_with("---")) continue;
    if (!(words >> calls) || calls < 0)
      throw BadInput(fmt::format("strace output:{}: no count of calls in '{}'", number, line));
    if (name == "total") {
      total = calls;
    } else {
      counts["syscalls." + name] += calls;
      sum += calls;
    }
  }
  if (total < 0) throw BadInput("strace output: it has no line 'total', so it is cut off");
  if (sum != total) throw BadInput(fmt::format("strace output: the calls add up to {}, its total is {}", sum, total));
  counts["syscalls"] = total;
  return counts;
}

}  // namespace unitcost
