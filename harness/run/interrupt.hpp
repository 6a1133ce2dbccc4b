#pragma once
// SIGINT, SIGTERM and SIGHUP as something to wait for: no handler runs in the middle of anything.
#include <csignal>

#include "harness/base/files.hpp"

namespace unitcost {

/// While one lives, the three signals are blocked in the calling thread (and in threads it starts) and show up in fd().
class Interrupts {
 public:
  Interrupts();
  ~Interrupts();
  Interrupts(const Interrupts&) = delete;
  Interrupts& operator=(const Interrupts&) = delete;

  [[nodiscard]] int fd() const { return fd_.get(); }  ///< readable when a signal is pending
  [[nodiscard]] bool pending();                       ///< true for ever after the first signal; never blocks
  [[nodiscard]] const sigset_t& mask_before() const { return before_; }  ///< what a child gets back

 private:
  sigset_t before_{};
  OwnedFd fd_;
  bool seen_ = false;
};

}  // namespace unitcost
