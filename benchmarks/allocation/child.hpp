#pragma once
// A child in which something is tried that may end it, and which always ends.
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <system_error>

namespace unitcost {

/// Forks a child that runs `body`, exits with what it returns, or is killed by SIGALRM after `deadline_s` seconds and with its parent. An exception ends it
/// with status 125. Returns the child's wait status. Throws std::system_error when a call fails. The child runs no destructors outside of `body`.
template <class Body>
int run_in_child(unsigned deadline_s, const Body& body) {
  const pid_t parent = getpid();
  const pid_t child = fork();
  if (child < 0) throw std::system_error(errno, std::generic_category(), "fork");
  if (child == 0) {
    sigset_t alarms{};
    sigemptyset(&alarms);
    sigaddset(&alarms, SIGALRM);
    const bool will_end = std::signal(SIGALRM, SIG_DFL) != SIG_ERR && sigprocmask(SIG_UNBLOCK, &alarms, nullptr) == 0 &&
                          prctl(PR_SET_PDEATHSIG, SIGKILL) == 0 && getppid() == parent;
    if (!will_end) _exit(126);
    alarm(deadline_s);
    try {
      _exit(body());
    } catch (...) {  // never back into the parent's program
      _exit(125);
    }
  }
  int status = 0;
  while (waitpid(child, &status, 0) != child) {
    if (errno != EINTR) throw std::system_error(errno, std::generic_category(), "waitpid");
  }
  return status;
}

/// True when the child exited with `code`.
inline bool exited_with(int status, int code) { return WIFEXITED(status) && WEXITSTATUS(status) == code; }

}  // namespace unitcost
