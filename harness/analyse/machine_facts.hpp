#pragma once
// The few facts of the machine that analysis itself depends on, and the line that names it under every figure.
#include <string>

#include "harness/store/run_record.hpp"

namespace unitcost {

int cpus_of(const RunRecord& run);       ///< at least 1
bool is_guest(const RunRecord& run);     ///< of a hypervisor
bool is_emulated(const Facts& machine);  ///< no real clock: no verdicts
bool is_emulated(const RunRecord& run);
std::string machine_line(const RunRecord& run);  ///< "AMD EPYC 7B13, 2 CPUs, KVM guest · Linux 6.1.0 · 2026-01-02"

}  // namespace unitcost
