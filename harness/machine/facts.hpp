#pragma once
// Facts about this machine, by allow-list (docs/formats.md, section 3): nothing names the host, a user, a path, an address or a serial number.
#include <string>

#include "harness/machine/fact.hpp"
#include "harness/machine/root.hpp"
#include "harness/machine/topology.hpp"

namespace unitcost {

/// Everything that can be read from `root`; "strace", which has to be tried out, is left to the caller.
Facts collect_facts(const MachineRoot& root, const Topology& topology);

/// Keyed hash, 12 hex digits, of what identifies the machine; none of it can be read back from the id.
std::string machine_id(const MachineRoot& root, const std::string& key);

/// Keyed hash, 12 hex digits, of the boot; empty where the kernel does not name its boots.
std::string boot_hash(const MachineRoot& root, const std::string& key);

/// The value as a person reads it: "2", "KVM", "unknown: <reason>".
std::string fact_text(const Fact& fact);

}  // namespace unitcost
