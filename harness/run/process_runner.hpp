#pragma once
// Seam: one child process from start to end. The real one is boost_runner.hpp; tests replay crashes and hangs without waiting.
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "harness/base/files.hpp"
#include "harness/store/block.hpp"

namespace unitcost {

struct ChildRequest {
  std::string program;                   ///< a path; nothing is searched
  std::vector<std::string> arguments;    ///< without the program itself
  std::vector<std::string> environment;  ///< "NAME=value", the whole of it
  std::vector<int> cpus;                 ///< affinity set before exec; empty: as it is
  double timeout_s = 60.0;
  double grace_s = 2.0;                        ///< between TERM and KILL
  std::size_t most_output_bytes = 64U << 10U;  ///< of either stream; the end is kept
  int inherited_fd = -1;                       ///< kept open under its number beside the standard three; -1: none
};

struct ChildResult {
  ChildEnd end;                 ///< stderr_tail is empty here: the whole is in `standard_error`
  bool interrupted = false;     ///< the user stopped the run; the child was killed for that and says nothing
  std::string standard_output;  ///< the end of it
  std::string standard_error;   ///< the end of it
  double wall_s = 0.0;
  double cpu_user_s = 0.0;  ///< of the child and of those it waited for
  double cpu_system_s = 0.0;
  std::int64_t voluntary_switches = 0;
  std::int64_t involuntary_switches = 0;
  std::int64_t minor_faults = 0;
  std::int64_t major_faults = 0;
  std::vector<int> cpus_used;  ///< affinity when it ended; empty where that could not be read
  int last_cpu = -1;           ///< CPU it last ran on; -1 unknown
  int stragglers = 0;          ///< processes of the block that were still there when it ended, and were killed
};

class ProcessRunner {
 public:
  virtual ~ProcessRunner() = default;
  /// When it returns, no process of the block is left. A child that could not be started, crashed or hung is a value.
  virtual ChildResult run(const ChildRequest& request) = 0;
};

constexpr int kPeerGoneStatus = 3;  ///< of our main(): the other side of its pair ended before its time

/// Ended only because the other side of its pair had.
inline bool is_victim(const ChildEnd& end) {
  return end.kind == ChildEnd::Kind::kExited && end.code == kPeerGoneStatus;
}

/// Seam: two children that live at the same time and talk to each other.
class PairRunner {
 public:
  virtual ~PairRunner() = default;
  /// Starts requests[0], then requests[1]; each inherits its own of `ends`, which are closed here once both run. When it returns, no process of either
  /// is left. The deadline is the longer of the two; of two that have not ended by then, one that only waited for the other has kPeerGoneStatus.
  virtual std::array<ChildResult, 2> run_pair(const std::array<ChildRequest, 2>& requests,
                                              std::array<OwnedFd, 2> ends) = 0;
};

}  // namespace unitcost
