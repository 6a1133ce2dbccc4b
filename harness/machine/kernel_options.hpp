#pragma once
#include <string>

namespace unitcost {

/// Those options of a kernel command line that change what operations cost, as they stand there; the rest may name disks and hosts.
std::string relevant_kernel_options(const std::string& command_line);

}  // namespace unitcost
