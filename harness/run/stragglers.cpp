#include "harness/run/stragglers.hpp"

#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <filesystem>
#include <sstream>
#include <string>
#include <vector>

#include "harness/base/files.hpp"

namespace unitcost {
namespace {

std::vector<pid_t> children() {
  std::vector<pid_t> found;
  std::error_code failed;
  for (const auto& task : std::filesystem::directory_iterator("/proc/self/task", failed)) {
    std::istringstream list(read_file(task.path() / "children").value_or(""));
    for (pid_t pid = 0; list >> pid;) found.push_back(pid);
  }
  return found;
}

}  // namespace

int kill_stragglers() {
  int killed = 0;
  constexpr int kMostGenerations = 100;  // each death may hand us the children of the dead
  for (int generation = 0; generation < kMostGenerations; ++generation) {
    pid_t reaped = 0;
    do {
      reaped = waitpid(-1, nullptr, WNOHANG);
    } while (reaped > 0 || (reaped < 0 && errno == EINTR));
    if (reaped < 0) return killed;  // ECHILD: none is left
    const std::vector<pid_t> living = children();
    if (living.empty()) return killed;  // this kernel does not list children; the group is dead all the same
    for (const pid_t pid : living) {
      kill(pid, SIGKILL);
      if (waitpid(pid, nullptr, 0) == pid) ++killed;
    }
  }
  return killed;
}

}  // namespace unitcost
