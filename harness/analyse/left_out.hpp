#pragma once
// What a claim asks for and this run did not measure: nobody planned it, so nothing is known of the machine either.
#include <map>
#include <string>

#include "harness/store/run_record.hpp"

namespace unitcost {

/// "not measured in this run: the profile quick leaves out open_each/bytes:20000 of syscall/batching (its system calls, counted); the profile
/// standard measures it". Says whether the profile or --only left the label's case out, as far as the plan tells. `at`: the axes that are known.
std::string left_out_text(const RunRecord& run, const std::string& scenario, const std::string& label,
                          const std::map<std::string, std::string>& at = {});

}  // namespace unitcost
