#pragma once
// The real process runner, of one child or of a pair (child_process.hpp).
#include <array>

#include "harness/run/interrupt.hpp"
#include "harness/run/process_runner.hpp"

namespace unitcost {

class BoostRunner final : public ProcessRunner, public PairRunner {
 public:
  /// Makes this process the reaper of orphans below it, so that even a grandchild in a session of its own is found.
  explicit BoostRunner(Interrupts& interrupts);
  ChildResult run(const ChildRequest& request) override;
  std::array<ChildResult, 2> run_pair(const std::array<ChildRequest, 2>& requests,
                                      std::array<OwnedFd, 2> ends) override;

 private:
  Interrupts* interrupts_;
};

}  // namespace unitcost
