#pragma once
// What on this machine makes numbers noisy, and what cannot be measured on it at all; each with what to do about it.
#include <string>
#include <vector>

#include "harness/machine/fact.hpp"
#include "harness/machine/root.hpp"
#include "harness/machine/topology.hpp"

namespace unitcost {

struct Finding {
  std::string name;   ///< "governor"
  std::string state;  ///< what was found
  std::string hint;   ///< what to do
};

/// Sources of noise that are present; empty on a quiet machine.
std::vector<Finding> find_noise(const MachineRoot& root, const Topology& topology, const Facts& facts);

/// What cannot be measured here and why. `facts` holds "strace" and "python" as well.
std::vector<Finding> find_gaps(const MachineRoot& root, const Topology& topology, const Facts& facts);

}  // namespace unitcost
