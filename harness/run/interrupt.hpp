#pragma once
// SIGINT, SIGTERM and SIGHUP as something to wait for: no handler runs in the middle of anything.
#include <csignal>
#include <string>

#include "harness/base/files.hpp"

namespace unitcost {

/// While one lives, the three signals (but SIGHUP where it was ignored, as nohup does) are blocked in the calling thread (and in threads it starts) and show up in fd().
class Interrupts {
 public:
  Interrupts();
  ~Interrupts();
  Interrupts(const Interrupts&) = delete;
  Interrupts& operator=(const Interrupts&) = delete;

  [[nodiscard]] int fd() const { return fd_.get(); }  ///< readable when a signal is pending
  [[nodiscard]] bool pending();                       ///< true for ever after the first signal; never blocks
  [[nodiscard]] std::string text() const;  ///< "signal 15 (Terminated) from process 17"; empty before the first
  [[nodiscard]] const sigset_t& mask_before() const { return before_; }  ///< what a child gets back

 private:
  sigset_t before_{};
  OwnedFd fd_;
  int signal_ = 0;
  unsigned sender_ = 0;
};

}  // namespace unitcost
