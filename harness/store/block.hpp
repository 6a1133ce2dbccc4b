#pragma once
// A block: one fresh process that ran one case. The unit of evidence, one line of blocks.jsonl.
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <boost/json/value.hpp>

namespace unitcost {

/// How the child ended.
struct ChildEnd {
  enum class Kind { kExited, kSignalled, kDeadline, kNotStarted };
  Kind kind = Kind::kExited;
  int code = 0;             ///< exit status, signal number or errno, by kind
  std::string stderr_tail;  ///< last lines, at most 2000 bytes; empty when all went well
};

enum class Outcome {
  kMeasured,
  kUnmeasurable,  ///< this machine cannot run the row; `reason` says why
  kFailed,        ///< crashed, hung, wrong answer, no or broken JSON, a missing row
};

/// A reading that a machine may not offer: absent value means null in JSON, with the reason beside it in run.json.
using Reading = std::optional<double>;

struct Covariates {
  std::vector<int> cpus_asked;
  std::vector<int> cpus_used;  ///< affinity of the child read back after the block, and CPUs it last ran on
  std::map<std::string, Reading>
      readings;  ///< wall_s, cpu_user_s, cpu_system_s, steal_ticks, irq_ticks, voluntary_switches,
                 ///< involuntary_switches, minor_faults, major_faults, pressure_cpu_us, pressure_memory_us,
                 ///< pressure_io_us, load_1min, frequency_khz, throttle_count, cgroup_throttled_us,
  ///< reference_before_ns, reference_after_ns, others_cpu_s (time on its CPUs that was not the block's; coarse, may be negative)
};

struct Block {
  std::string case_key;     ///< "<program>:<name>", with "#syscalls" behind it when calls are counted
  int round = 0;            ///< 0 is calibration, discarded in analysis
  int attempt = 1;          ///< 1 to 3
  int position = 0;         ///< in the run's order of execution
  std::string started_utc;  ///< a label
  Outcome outcome = Outcome::kMeasured;
  std::string reason;
  ChildEnd end;
  std::int64_t iterations = 0;  ///< per sample
  std::map<std::string, std::vector<double>>
      samples;  ///< counter -> one value per sample (GB repetition), in order; "real_ns" is always there for timed blocks: wall ns per iteration
  Covariates covariates;
  std::vector<std::string> contaminated;  ///< rules that fired: "steal", "reference", "cpu", "throttled"
};

boost::json::value to_json(const Block& block);
/// Throws BadInput that says what is missing or of the wrong type.
Block block_from_json(const boost::json::value& value);

}  // namespace unitcost
