#include "harness/duel/build_steps.hpp"

#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include <fmt/format.h>

#include "harness/base/error.hpp"
#include "harness/run/child_io.hpp"
#include "harness/run/outcome.hpp"

namespace unitcost {
namespace {

constexpr double kGraceS = 10.0;                 // a build tool first ends its compilers and removes half a file
constexpr std::size_t kMostOutput = 16U << 20U;  // of either stream
constexpr std::size_t kMostTail = 2000;

void append_to_log(const BuildStep& step, const ChildResult& ended) {
  if (step.log.empty()) return;
  std::error_code ignored;
  std::filesystem::create_directories(step.log.parent_path(), ignored);
  std::ofstream log(step.log, std::ios::app);
  log << "$ " << step.program;
  for (const std::string& argument : step.arguments) log << ' ' << argument;
  log << '\n' << ended.standard_output << ended.standard_error;
}

bool is_set_anew(const std::string& entry, const std::vector<std::string>& variables) {
  const std::string name = entry.substr(0, entry.find('=') + 1);
  return std::ranges::any_of(variables, [&](const std::string& variable) { return variable.starts_with(name); });
}

/// Build tools write what is wrong to either stream.
std::string last_words(const ChildResult& ended) {
  const std::string both = ended.standard_output + ended.standard_error;
  const std::string tail = last_lines(both, kMostTail);
  return tail.empty() ? "it printed nothing" : tail;
}

}  // namespace

BuildSteps::BuildSteps(ProcessRunner& processes, std::vector<std::string> environment, Say say)
    : processes_(&processes), environment_(std::move(environment)), say_(std::move(say)) {}

std::string BuildSteps::path_of(const std::string& program) const {
  if (program.find('/') != std::string::npos) return program;
  for (const std::string& entry : environment_) {
    if (!entry.starts_with("PATH=")) continue;
    std::istringstream folders(entry.substr(std::string_view("PATH=").size()));
    for (std::string folder; std::getline(folders, folder, ':');) {
      std::string candidate = fmt::format("{}/{}", folder, program);
      if (!folder.empty() && access(candidate.c_str(), X_OK) == 0) return candidate;
    }
  }
  throw BadInput(fmt::format("{} is not installed, or not along PATH; scripts/bootstrap installs it", program));
}

ChildResult BuildSteps::attempt(const BuildStep& step) {
  ChildRequest request;
  request.program = path_of(step.program);
  request.arguments = step.arguments;
  request.environment = step.variables;
  for (const std::string& entry : environment_) {
    if (!is_set_anew(entry, step.variables)) request.environment.push_back(entry);
  }
  request.timeout_s = kBuildTimeoutS;
  request.grace_s = kGraceS;
  request.most_output_bytes = kMostOutput;
  ChildResult ended = processes_->run(request);
  if (ended.interrupted)
    throw Error(
        Exit::kInterrupted,
        fmt::format("interrupted before {}; nothing was measured yet, and the same command goes on", step.what));
  append_to_log(step, ended);
  return ended;
}

std::string BuildSteps::run(const BuildStep& step) {
  const ChildResult ended = attempt(step);
  const std::string failure = how_it_failed(ended.end, kBuildTimeoutS);
  if (failure.empty()) return ended.standard_output;
  throw Error(Exit::kFailed,
              fmt::format("{} failed ({}): {}\n{}{}", step.what, step.program, failure, last_words(ended),
                          step.log.empty() ? "" : fmt::format("\nthe whole output: {}", step.log.string())));
}

}  // namespace unitcost
