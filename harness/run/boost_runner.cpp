#include "harness/run/boost_runner.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cmath>
#include <csignal>

// The owner of Boost.Process: nothing else includes it. Version 1.81 leaves one definition and three includes out of its headers.
#define BOOST_PROCESS_USE_STD_FS 1
#include <boost/optional.hpp>
#include <boost/type_traits/decay.hpp>
#include <boost/type_traits/remove_pointer.hpp>
#include <boost/version.hpp>

#include <boost/asio/io_context.hpp>
#include <boost/process/v2/posix/vfork_launcher.hpp>
#include <boost/process/v2/process.hpp>
#include <boost/process/v2/stdio.hpp>
#if BOOST_VERSION < 108300
#include <boost/process/v2/impl/environment.ipp>
#endif

#include "harness/base/clock.hpp"
#include "harness/run/child_io.hpp"
#include "harness/run/cpu_affinity.hpp"
#include "harness/run/stragglers.hpp"

namespace unitcost {
namespace {

namespace process = boost::process::v2;

constexpr double kDrainEveryS = 0.1;

/// Runs in the child between vfork and exec, in the memory of the harness: system calls, and nothing else.
struct OwnSession {
  const CpuMask* cpus;  ///< null: as it is
  const sigset_t* signals;
  pid_t parent;

  template <class Launcher, class Path>
  process::error_code on_exec_setup(Launcher&, const Path&, const char* const*&) const {
    if (setsid() < 0) return last_error();
    // If the harness is killed outright, its child goes with it. It may be gone already.
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0) return last_error();
    if (getppid() != parent) return {ESRCH, boost::system::system_category()};
    if (cpus != nullptr && !cpus->apply()) return last_error();
    for (const int number : {SIGPIPE, SIGXFSZ})
      std::signal(number, SIG_DFL);  // ignored by us, which a child would inherit
    sigprocmask(SIG_SETMASK, signals, nullptr);
    return {};
  }
  /// Version 1.81 would call exit() next, which runs our own destructors. It looks for this function with other arguments than it calls it with.
  template <class... Arguments>
  void on_exec_error(Arguments&&...) const {
    _exit(127);
  }
  static process::error_code last_error() { return {errno, boost::system::system_category()}; }
};

enum class Wake { kEnded, kDeadline, kInterrupted };

/// Blocks until the child has ended, the time is over or the user wants to stop. The pipes are emptied ten times a second: waking for
/// every line that a child prints would cost more than all the rest of a block.
Wake wait_for_end(int pidfd, pid_t pid, Pipe& out, Pipe& error, Interrupts* interrupts, double until_s) {
  const SystemClock clock;
  for (;;) {
    const double left_s = until_s - clock.now_s();
    if (left_s <= 0) return Wake::kDeadline;
    // Without a pidfd (an old kernel, a strict sandbox) the end shows up by asking, a hundred times a second.
    const double most_s = pidfd >= 0 ? kDrainEveryS : 0.01;
    std::array<pollfd, 2> fds{{{pidfd, POLLIN, 0}, {interrupts != nullptr ? interrupts->fd() : -1, POLLIN, 0}}};
    const int ready = poll(fds.data(), fds.size(), static_cast<int>(std::ceil(1000.0 * std::min(left_s, most_s))));
    if (ready == 0) {
      out.drain();
      error.drain();
    }
    siginfo_t info{};
    if ((pidfd < 0 || fds[0].revents != 0) &&
        waitid(P_PID, static_cast<id_t>(pid), &info, WEXITED | WNOHANG | WNOWAIT) == 0 && info.si_pid == pid) {
      return Wake::kEnded;
    }
    if (interrupts != nullptr && interrupts->pending()) return Wake::kInterrupted;
  }
}

double seconds(const timeval& time) {
  return static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
}

/// The child is a zombie here: its affinity and last CPU can still be read, and its number is not given to anyone else.
void read_last_facts(pid_t pid, ChildResult& result) {
  result.cpus_used = affinity_of(pid);
  result.last_cpu = last_cpu_of(pid);
}

void reap(pid_t pid, ChildResult& result) {
  int status = 0;
  rusage usage{};
  while (wait4(pid, &status, 0, &usage) < 0 && errno == EINTR) {
  }
  if (WIFSIGNALED(status)) {
    result.end = {ChildEnd::Kind::kSignalled, WTERMSIG(status), ""};
  } else {
    result.end = {ChildEnd::Kind::kExited, WEXITSTATUS(status), ""};
  }
  result.cpu_user_s = seconds(usage.ru_utime);
  result.cpu_system_s = seconds(usage.ru_stime);
  result.voluntary_switches = usage.ru_nvcsw;
  result.involuntary_switches = usage.ru_nivcsw;
  result.minor_faults = usage.ru_minflt;
  result.major_faults = usage.ru_majflt;
}

}  // namespace

BoostRunner::BoostRunner(Interrupts& interrupts) : interrupts_(&interrupts) { prctl(PR_SET_CHILD_SUBREAPER, 1); }

ChildResult BoostRunner::run(const ChildRequest& request) {
  const SystemClock clock;
  ChildResult result;
  Pipe out(request.most_output_bytes);
  Pipe error(request.most_output_bytes);
  const OwnedFd no_input(open("/dev/null", O_RDONLY | O_CLOEXEC));
  const CpuMask mask(request.cpus);

  boost::asio::io_context context;
  process::posix::vfork_launcher launcher;
  std::vector<const char*> environment;
  for (const std::string& entry : request.environment) environment.push_back(entry.c_str());
  environment.push_back(nullptr);
  launcher.env = environment.data();

  const double start_s = clock.now_s();
  process::error_code failed;
  auto child = launcher(context.get_executor(), failed, process::filesystem::path(request.program), request.arguments,
                        process::process_stdio{no_input.get(), out.write_fd(), error.write_fd()},
                        OwnSession{request.cpus.empty() ? nullptr : &mask, &interrupts_->mask_before(), getpid()});
  if (failed) {
    if (launcher.pid > 0) waitpid(launcher.pid, nullptr, 0);  // it could not exec and has left
    result.end = {ChildEnd::Kind::kNotStarted, failed.value(), ""};
    return result;
  }
  const pid_t pid = launcher.pid;
  child.detach();  // from here on it is ours: Boost would wait without the resource usage
  out.close_write();
  error.close_write();

  const OwnedFd pidfd(static_cast<int>(syscall(SYS_pidfd_open, pid, 0)));
  const Wake wake = wait_for_end(pidfd.get(), pid, out, error, interrupts_, start_s + request.timeout_s);
  result.wall_s = clock.now_s() - start_s;
  if (wake != Wake::kEnded) {
    kill(-pid, SIGTERM);
    wait_for_end(pidfd.get(), pid, out, error, nullptr, clock.now_s() + request.grace_s);
  }
  siginfo_t info{};
  const bool ended =
      waitid(P_PID, static_cast<id_t>(pid), &info, WEXITED | WNOHANG | WNOWAIT) == 0 && info.si_pid == pid;
  if (ended) read_last_facts(pid, result);
  kill(-pid, SIGKILL);  // the leader if it would not go, and whoever of its group is left
  reap(pid, result);
  result.stragglers = kill_stragglers();
  out.drain();
  error.drain();
  result.standard_output = out.text();
  result.standard_error = error.text();
  if (wake == Wake::kDeadline) result.end = {ChildEnd::Kind::kDeadline, 0, ""};
  result.interrupted = wake == Wake::kInterrupted;
  return result;
}

}  // namespace unitcost
