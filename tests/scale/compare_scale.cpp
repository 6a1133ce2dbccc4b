// How long `unitcost compare` takes over many runs, and how much memory: `compare_scale [RUNS] [CASES] [DISTINCT] [PATTERN] [PROGRAM]`, twice
// the runs in each line until RUNS. Makes the runs in the temporary folder, after the pattern of a run that is committed, and removes them again.
// No test: a test would assert on a time.
#include <fcntl.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "harness/base/error.hpp"
#include "tests/scale/many_runs.hpp"

namespace {

using namespace unitcost;
namespace fs = std::filesystem;

double now_s() { return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(); }
double seconds(const timeval& time) {
  return static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
}

struct Cost {
  double wall_s = 0.0;
  double user_s = 0.0;
  double system_s = 0.0;
  double peak_mib = 0.0;
};

/// The program itself, its output to nowhere.
Cost cost_of(std::vector<std::string> arguments) {
  std::vector<char*> pointers;
  for (std::string& argument : arguments) pointers.push_back(argument.data());
  pointers.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  const double started_s = now_s();
  pid_t child = 0;
  const int failed = posix_spawn(&child, pointers[0], &actions, nullptr, pointers.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  if (failed != 0) throw Error(Exit::kFailed, fmt::format("{}: cannot be started", arguments[0]));
  int status = 0;
  rusage usage{};
  if (wait4(child, &status, 0, &usage) != child || !WIFEXITED(status) || WEXITSTATUS(status) != 0)
    throw Error(Exit::kFailed, "the comparison failed");
  return {now_s() - started_s, seconds(usage.ru_utime), seconds(usage.ru_stime),
          static_cast<double>(usage.ru_maxrss) / 1024.0};
}

struct Setting {
  int runs = 1000;
  int cases = 300;
  int distinct = 200;
  fs::path pattern;
  std::string program = UNITCOST_PROGRAM;
};

void compare_so_many(const std::string& program, const std::vector<fs::path>& folders, std::size_t runs) {
  std::vector<std::string> arguments{program, "compare", "--json", "--a"};
  for (std::size_t at = 0; at < runs; ++at) {
    if (at == runs / 2) arguments.emplace_back("--b");
    arguments.push_back(folders[at].string());
  }
  const Cost cost = cost_of(arguments);
  fmt::print(
      "{:6} runs: {:6.2f} s wall, {:6.2f} s user, {:5.2f} s system, {:5.0f} MiB at most, {:5.2f} ms wall a run\n", runs,
      cost.wall_s, cost.user_s, cost.system_s, cost.peak_mib, 1e3 * cost.wall_s / static_cast<double>(runs));
}

fs::path first_published() {
  for (const auto& entry : fs::recursive_directory_iterator(UNITCOST_PUBLISHED)) {
    if (entry.path().filename() == "run.json") return entry.path().parent_path();
  }
  throw BadInput(fmt::format("{}: holds no run; name one", UNITCOST_PUBLISHED));
}

void measure(const Setting& setting) {
  const LoadedRun pattern = pattern_of(load_run(setting.pattern), setting.cases);
  const fs::path into = fs::temp_directory_path() / fmt::format("unitcost-scale-{}", getpid());
  fmt::print("{} runs of {} cases, {} rounds and round 0, like {}\n", setting.runs, setting.cases, kScaleRounds,
             setting.pattern.filename().string());
  fmt::print("{:.2f} GB in {} until the end: {} different blocks.jsonl, the others are hard links to these\n",
             1e-9 * static_cast<double>(disk_bytes(pattern, setting.runs, setting.distinct)),
             into.parent_path().string(), setting.distinct);
  std::fflush(stdout);
  try {
    const ManyRuns made = make_runs(pattern, setting.runs, setting.distinct, into);
    fmt::print("{:.2f} GB are read by the last line\n", 1e-9 * static_cast<double>(made.read_bytes));
    for (std::size_t share = 8; share >= 1; share /= 2) {
      compare_so_many(setting.program, made.folders, static_cast<std::size_t>(setting.runs) / share);
      std::fflush(stdout);
    }
  } catch (...) {
    fs::remove_all(into);
    throw;
  }
  fs::remove_all(into);
}

}  // namespace

int main(int argc, char** argv) {
  Setting setting;
  if (argc > 1) setting.runs = std::atoi(argv[1]);
  if (argc > 2) setting.cases = std::atoi(argv[2]);
  setting.distinct = argc > 3 ? std::atoi(argv[3]) : std::min(setting.runs, setting.distinct);
  if (argc > 5) setting.program = argv[5];
  if (setting.runs < 32 || setting.cases < 1 || setting.distinct < 1 || setting.distinct > setting.runs) {
    std::fprintf(stderr, "compare_scale [RUNS >= 32] [CASES] [DISTINCT <= RUNS] [PATTERN: a run] [PROGRAM]\n");
    return 2;
  }
  try {
    setting.pattern = argc > 4 ? fs::path(argv[4]) : first_published();
    measure(setting);
    return 0;
  } catch (const Error& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return static_cast<int>(error.exit_status());
  }
}
