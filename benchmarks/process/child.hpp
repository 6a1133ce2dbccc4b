#pragma once
// A child that works on demand and reports through shared memory: measured where the work is done, in the process that does it.
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <cstdint>
#include <new>
#include <stdexcept>
#include <system_error>
#include <utility>

#include "benchmarks/support/mapping.hpp"

namespace unitcost {

/// What one pass cost the process that made it.
struct Pass {
  double seconds = 0.0;      ///< CLOCK_MONOTONIC around the pass
  std::int64_t faults = 0;   ///< minor faults of this process during the pass
  std::uint64_t answer = 0;  ///< of the kernel
};

inline std::int64_t minor_faults() {
  rusage usage{};
  if (getrusage(RUSAGE_SELF, &usage) != 0) throw std::system_error(errno, std::generic_category(), "getrusage");
  return usage.ru_minflt;
}

template <class Kernel>
Pass measure(const Kernel& kernel) {
  using Clock = std::chrono::steady_clock;
  const std::int64_t faults = minor_faults();
  const auto begin = Clock::now();
  const std::uint64_t answer = kernel();
  const auto end = Clock::now();
  return {std::chrono::duration<double>(end - begin).count(), minor_faults() - faults, answer};
}

/// Waits for `child` and throws std::runtime_error unless it exited with status 0.
inline void expect_success(pid_t child, const char* otherwise) {
  int status = 0;
  while (waitpid(child, &status, 0) != child) {
    if (errno != EINTR) throw std::system_error(errno, std::generic_category(), "waitpid");
  }
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) throw std::runtime_error(otherwise);
}

/// Forks a child that measures `kernel` and then exits with status 0 if `holds()`. Returns what the child measured; throws when a call fails
/// or the child ends in any other way. `report` is shared memory with room for a Pass.
template <class Kernel, class Holds>
Pass measure_in_child(const Mapping& report, const Kernel& kernel, const Holds& holds) {
  auto* pass = ::new (report.bytes().data()) Pass{};
  const pid_t child = fork();
  if (child < 0) throw std::system_error(errno, std::generic_category(), "fork");
  if (child == 0) {
    try {
      *pass = measure(kernel);
      _exit(holds() ? 0 : 1);
    } catch (...) {  // never back into the parent's program
      _exit(2);
    }
  }
  expect_success(child, "the child did not see what it should see");
  return *pass;
}

/// A forked child that stands still, so that its parent's pages are shared, until it is told to end.
class StandingChild {
 public:
  /// Returns when the child stands: it will not run while the parent is measured.
  /// When told to end, the child exits with status 0 if `holds()`.
  template <class Holds>
  explicit StandingChild(const Holds& holds) {
    std::array<int, 2> ends{};
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0)
      throw std::system_error(errno, std::generic_category(), "socketpair");
    line_ = ends[0];
    child_ = fork();
    if (child_ == 0) {
      close(ends[0]);
      char word = 1;
      // The read ends when the parent hangs up, be it because it was killed.
      if (write(ends[1], &word, 1) != 1 || read(ends[1], &word, 1) != 0) _exit(2);
      _exit(holds() ? 0 : 1);
    }
    const int error = errno;
    close(ends[1]);
    char word = 0;
    if (child_ < 0 || read(line_, &word, 1) != 1) {
      close(line_);
      throw std::system_error(child_ < 0 ? error : EIO, std::generic_category(), "fork");
    }
  }
  StandingChild(const StandingChild&) = delete;
  StandingChild& operator=(const StandingChild&) = delete;
  ~StandingChild() {
    if (child_ <= 0) return;
    close(line_);
    waitpid(child_, nullptr, 0);
  }

  /// Lets the child end and waits for it. Throws std::runtime_error when what it holds does not hold.
  void end() {
    close(line_);
    const pid_t child = std::exchange(child_, 0);
    expect_success(child, "the child did not see what it should see");
  }

 private:
  pid_t child_ = 0;
  int line_ = -1;
};

}  // namespace unitcost
