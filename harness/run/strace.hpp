#pragma once
// System-call counts: one iteration of a case under strace, in a block of its own, untimed.
#include <map>
#include <string>
#include <string_view>

#include "harness/machine/fact.hpp"
#include "harness/run/process_runner.hpp"

namespace unitcost {

struct Strace {
  std::string program;  ///< empty: not usable
  std::string version;
  std::string reason;  ///< why it is not usable, with a hint
};

/// Looks along `path` (the PATH) and tries it once on a program that does nothing.
Strace find_strace(ProcessRunner& runner, const std::string& path);

Fact strace_fact(const Strace& strace);

/// The arguments that put `-c` output of name and calls into `file`, up to and without the traced program.
std::vector<std::string> strace_arguments(const std::string& file);

/// The table of strace -c -U name,calls,errors: counter -> count, "syscalls" in all and "syscalls.<name>" each. Throws BadInput.
std::map<std::string, double> parse_strace_counts(std::string_view text);

}  // namespace unitcost
