#pragma once
// Bare metal, guest of a hypervisor, or emulated: decides whether claims get a verdict.
#include <string>

#include "harness/machine/root.hpp"

namespace unitcost {

struct Guest {
  std::string hypervisor;  ///< "KVM", "VMware", "a hypervisor"; empty on bare metal
  bool emulated = false;   ///< instructions are interpreted (TCG), or the clock is unknown: no verdicts
  std::string reason;      ///< why it counts as emulated
};

Guest find_guest(const MachineRoot& root);

}  // namespace unitcost
