#pragma once
// One child while it lives: in a session, process group and CPU set of its own, killed as a group.
#include <sys/types.h>

#include <vector>

#include "harness/base/files.hpp"
#include "harness/run/child_io.hpp"
#include "harness/run/interrupt.hpp"
#include "harness/run/process_runner.hpp"

namespace unitcost {

class ChildProcess {
 public:
  /// Starts it. What `interrupts` keep from this process reaches the child as before.
  ChildProcess(const ChildRequest& request, const Interrupts& interrupts);
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;
  ~ChildProcess();  ///< kills it if it was not finished

  [[nodiscard]] bool is_started() const { return pid_ > 0; }
  [[nodiscard]] int pidfd() const {
    return pidfd_.get();
  }  ///< readable when it has ended; -1: an old kernel, a strict sandbox
  [[nodiscard]] double started_s() const { return started_s_; }

  [[nodiscard]] bool has_ended() const;  ///< it is a zombie then until finish(); true as well when it was never started
  void drain();
  void terminate();  ///< asks its group to end

  /// Kills what is left of its group and tells how it ended. Once.
  ChildResult finish();

 private:
  void reap();

  double started_s_ = 0.0;
  pid_t pid_ = -1;
  OwnedFd pidfd_;
  Pipe out_;
  Pipe error_;
  ChildResult result_;
};

/// Blocks until all of `children` have ended, the monotonic clock says `until_s`, or the user wants to stop (`interrupts` may be null). The pipes are
/// emptied ten times a second: waking for every line that a child prints would cost more than all the rest of a block.
enum class Wake { kEnded, kDeadline, kInterrupted };
Wake wait_for_end(const std::vector<ChildProcess*>& children, Interrupts* interrupts, double until_s);

}  // namespace unitcost
