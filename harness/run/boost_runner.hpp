#pragma once
// The real process runner: Boost.Process v2 starts the child in a session, process group and CPU set of its own; a pidfd says when it
// has ended; it is killed as a group.
#include <memory>

#include "harness/run/interrupt.hpp"
#include "harness/run/process_runner.hpp"

namespace unitcost {

class BoostRunner final : public ProcessRunner {
 public:
  /// Makes this process the reaper of orphans below it, so that even a grandchild in a session of its own is found.
  explicit BoostRunner(Interrupts& interrupts);
  ChildResult run(const ChildRequest& request) override;

 private:
  Interrupts* interrupts_;
};

}  // namespace unitcost
