#include "harness/run/outcome.hpp"

#include <cstring>

#include <fmt/format.h>

#include "harness/base/error.hpp"
#include "harness/base/files.hpp"

namespace unitcost {
namespace {

RowsVerdict failed(std::string reason) { return {Outcome::kFailed, std::move(reason), 0, {}}; }

RowsVerdict read_rows(const PlannedCase& planned, const Launch& launch, const BlockKey& key, const OutputFiles& files) {
  const auto text = read_file(files.benchmark);
  if (!text || text->empty()) return failed("the program exited with 0 but wrote no benchmark output");
  // A foreign program may set its own number of repetitions.
  return judge_rows(parse_benchmark_json(*text), planned.name, launch.ours ? repetitions_of(planned, key.round) : 0);
}

}  // namespace

std::string how_it_failed(const ChildEnd& end, int timeout_s) {
  switch (end.kind) {
    case ChildEnd::Kind::kExited:
      return end.code == 0 ? "" : fmt::format("the program exited with status {}", end.code);
    case ChildEnd::Kind::kSignalled:
      return fmt::format("the program was killed by signal {} ({})", end.code, strsignal(end.code));
    case ChildEnd::Kind::kDeadline:
      return fmt::format("the program ran past its deadline of {} s and was killed", timeout_s);
    case ChildEnd::Kind::kNotStarted:
      return fmt::format("the program could not be started: {}", std::strerror(end.code));
  }
  return "the program ended in an unknown way";
}

RowsVerdict read_outcome(const PlannedCase& planned, const Launch& launch, const BlockKey& key,
                         const ChildResult& child, const OutputFiles& files) {
  const std::string failure = how_it_failed(child.end, planned.timeout_s);
  if (!failure.empty()) return failed(failure);
  try {
    RowsVerdict verdict = read_rows(planned, launch, key, files);
    if (planned.observe == Observe::kSyscalls && verdict.outcome == Outcome::kMeasured) {
      verdict.samples.clear();
      for (const auto& [counter, count] : parse_strace_counts(read_file(files.calls).value_or("")))
        verdict.samples[counter] = {count};
    }
    return verdict;
  } catch (const BadInput& error) {
    return failed(error.what());
  }
}

}  // namespace unitcost
