#pragma once
// What a main() of ours does around its benchmarks, whoever wrote them: answers, flags, the finished file, the exit status.
#include <functional>
#include <string>
#include <vector>

#include "benchmarks/support/options.hpp"

namespace unitcost {

inline constexpr int kNotWritten = 1;  ///< the output could not be written, or a benchmark threw
inline constexpr int kBadUsage = 2;    ///< a flag is wrong, or no case matches
inline constexpr int kPeerGone = 3;    ///< the other side of the pair has ended

/// Prints what this main() can do besides Google Benchmark's. Returns the exit status, as the functions below do.
int tell_abilities();
int tell_names(const std::vector<std::string>& names);
int nothing_matches(const std::string& program, const std::string& filter);

/// Hands `arguments` (argv, program name first) to Google Benchmark. False when it knows a flag as little as we do; it has said so then.
bool initialize(std::vector<std::string>& arguments);

/// Google Benchmark exits 0 on a full disk: whether the file is there to its end.
int check_output(const std::string& program, const Options& options);

/// Runs `work`, and turns what leaves it into a message and an exit status.
int exit_status_of(const std::function<int()>& work);

}  // namespace unitcost
