#include "harness/run/child_process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
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
#include "harness/run/cpu_affinity.hpp"

namespace unitcost {
namespace {

namespace process = boost::process::v2;

constexpr double kDrainEveryS = 0.1;
constexpr int kFirstRealTimeSignal = 32;

/// Runs in the child between vfork and exec, in the memory of the harness: system calls, and nothing else.
struct OwnSession {
  const CpuMask* cpus;  ///< null: as it is
  const sigset_t* signals;
  pid_t parent;
  int inherited_fd;  ///< -1: none

  template <class Launcher, class Path>
  process::error_code on_exec_setup(Launcher&, const Path&, const char* const*&) const {
    if (setsid() < 0) return last_error();
    // If the harness is killed outright, its child goes with it. It may be gone already.
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0) return last_error();
    if (getppid() != parent) return {ESRCH, boost::system::system_category()};
    if (cpus != nullptr && !cpus->apply()) return last_error();
    if (inherited_fd >= 0 && fcntl(inherited_fd, F_SETFD, 0) != 0) return last_error();
    // What is ignored stays so across exec: SIGPIPE and SIGXFSZ by us, SIGINT and SIGQUIT by a shell that started us in the background.
    for (int number = 1; number < kFirstRealTimeSignal; ++number) std::signal(number, SIG_DFL);
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

double seconds(const timeval& time) {
  return static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
}

}  // namespace

ChildProcess::ChildProcess(const ChildRequest& request, const Interrupts& interrupts)
    : out_(request.most_output_bytes), error_(request.most_output_bytes) {
  const OwnedFd no_input(open("/dev/null", O_RDONLY | O_CLOEXEC));
  const CpuMask mask(request.cpus);
  boost::asio::io_context context;
  process::posix::vfork_launcher launcher;
  std::vector<const char*> environment;
  for (const std::string& entry : request.environment) environment.push_back(entry.c_str());
  environment.push_back(nullptr);
  launcher.env = environment.data();
  if (request.inherited_fd >= 0) launcher.fd_whitelist.push_back(request.inherited_fd);

  started_s_ = SystemClock().now_s();
  process::error_code failed;
  auto child = launcher(
      context.get_executor(), failed, process::filesystem::path(request.program), request.arguments,
      process::process_stdio{no_input.get(), out_.write_fd(), error_.write_fd()},
      OwnSession{request.cpus.empty() ? nullptr : &mask, &interrupts.mask_before(), getpid(), request.inherited_fd});
  if (failed) {
    if (launcher.pid > 0) waitpid(launcher.pid, nullptr, 0);  // it could not exec and has left
    result_.end = {ChildEnd::Kind::kNotStarted, failed.value(), ""};
    return;
  }
  pid_ = launcher.pid;
  child.detach();  // from here on it is ours: Boost would wait without the resource usage
  out_.close_write();
  error_.close_write();
  pidfd_ = OwnedFd(static_cast<int>(syscall(SYS_pidfd_open, pid_, 0)));
}

ChildProcess::~ChildProcess() {
  if (is_started()) finish();
}

bool ChildProcess::has_ended() const {
  if (!is_started()) return true;
  siginfo_t info{};
  return waitid(P_PID, static_cast<id_t>(pid_), &info, WEXITED | WNOHANG | WNOWAIT) == 0 && info.si_pid == pid_;
}

void ChildProcess::drain() {
  out_.drain();
  error_.drain();
}

void ChildProcess::terminate() {
  if (is_started()) kill(-pid_, SIGTERM);
}

ChildResult ChildProcess::finish() {
  if (!is_started()) return result_;
  result_.wall_s = SystemClock().now_s() - started_s_;
  if (has_ended()) {  // a zombie: its affinity and last CPU can still be read, and its number is not given to anyone else
    result_.cpus_used = affinity_of(pid_);
    result_.last_cpu = last_cpu_of(pid_);
  }
  kill(-pid_, SIGKILL);  // the leader if it would not go, and whoever of its group is left
  reap();
  pid_ = -1;
  drain();
  result_.standard_output = out_.text();
  result_.standard_error = error_.text();
  return result_;
}

void ChildProcess::reap() {
  int status = 0;
  rusage usage{};
  while (wait4(pid_, &status, 0, &usage) < 0 && errno == EINTR) {
  }
  if (WIFSIGNALED(status)) {
    result_.end = {ChildEnd::Kind::kSignalled, WTERMSIG(status), ""};
  } else {
    result_.end = {ChildEnd::Kind::kExited, WEXITSTATUS(status), ""};
  }
  result_.cpu_user_s = seconds(usage.ru_utime);
  result_.cpu_system_s = seconds(usage.ru_stime);
  result_.voluntary_switches = usage.ru_nvcsw;
  result_.involuntary_switches = usage.ru_nivcsw;
  result_.minor_faults = usage.ru_minflt;
  result_.major_faults = usage.ru_majflt;
}

Wake wait_for_end(const std::vector<ChildProcess*>& children, Interrupts* interrupts, double until_s) {
  const SystemClock clock;
  for (;;) {
    std::vector<pollfd> fds{{interrupts != nullptr ? interrupts->fd() : -1, POLLIN, 0}};
    double most_s = kDrainEveryS;
    for (const ChildProcess* child : children) {
      if (child->has_ended()) continue;
      fds.push_back({child->pidfd(), POLLIN, 0});
      // Without a pidfd the end shows up by asking, a hundred times a second.
      if (child->pidfd() < 0) most_s = 0.01;
    }
    if (fds.size() == 1) return Wake::kEnded;
    const double left_s = until_s - clock.now_s();
    if (left_s <= 0) return Wake::kDeadline;
    const int ready = poll(fds.data(), fds.size(), static_cast<int>(std::ceil(1000.0 * std::min(left_s, most_s))));
    if (ready == 0) {
      for (ChildProcess* child : children) child->drain();
    }
    if (interrupts != nullptr && interrupts->pending()) return Wake::kInterrupted;
  }
}

}  // namespace unitcost
