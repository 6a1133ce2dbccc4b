#pragma once
// Commands that make programs (cmake, git, a user's own): what they print is kept in a log, a failure shows its end, an interrupt ends them.
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "harness/run/process_runner.hpp"

namespace unitcost {

constexpr int kBuildTimeoutS = 3600;  ///< of one step: a clean build on a small board

struct BuildStep {
  std::string what;                    ///< for messages: "making link order 2 of A"
  std::string program;                 ///< a name is looked for along PATH
  std::vector<std::string> arguments;  ///< without the program itself
  std::vector<std::string> variables;  ///< "NAME=value", beside the environment
  std::filesystem::path log;           ///< what was run and printed is appended to it; empty: not kept
};

class BuildSteps {
 public:
  using Say = std::function<void(const std::string&)>;

  /// `processes` outlives this; `say` shows a person what takes time.
  BuildSteps(ProcessRunner& processes, std::vector<std::string> environment, Say say);

  /// How it ended, whatever that is. Throws Error (exit 130) when the user interrupted it, and BadInput when there is no such program.
  ChildResult attempt(const BuildStep& step);
  /// What it printed on standard output. Throws Error (exit 1) with its last lines and the place of the log when it did not end well.
  std::string run(const BuildStep& step);
  void say(const std::string& line) const { say_(line); }

 private:
  [[nodiscard]] std::string path_of(const std::string& program) const;

  ProcessRunner* processes_;
  std::vector<std::string> environment_;
  Say say_;
};

}  // namespace unitcost
