#include "harness/export/run_rows.hpp"

#include "harness/analyse/wording.hpp"
#include "harness/compare/run_session.hpp"
#include "harness/machine/facts.hpp"

namespace unitcost {

std::vector<const Block*> RunRow::blocks() const {
  std::vector<const Block*> found;
  for (const CountedBlock& counted : evidence->by_round) {
    if (counted.index == CountedBlock::kNone) continue;
    const Block& block = run->blocks[static_cast<std::size_t>(counted.index)];
    if (block.samples.contains(counter)) found.push_back(&block);
  }
  return found;
}

RunRows rows_of(const LoadedRun& run, const Evidence& evidence, const std::vector<std::string>& counters) {
  RunRows result;
  const Session session = session_of(run, evidence, counters);
  result.warnings = session.warnings;
  for (const auto& [key, of_case] : evidence.cases()) {
    const SessionCase& found = session.cases.at(key);
    if (found.values.empty()) {
      auto& list = of_case.failed_blocks > 0 ? result.failed : result.not_measured;
      list.emplace_back(key, found.problem);
    }
    for (const SessionValue& value : found.values) {
      result.rows.push_back({key, value.counter, unit_of_counter(value.counter), lower_is_better(value.counter),
                             of_case.estimate(value.counter), &of_case, &run});
    }
  }
  return result;
}

std::string fact_or_empty(const LoadedRun& run, const std::string& name) {
  for (const Facts* facts : {&run.record.machine, &run.record.build}) {
    const auto found = facts->find(name);
    if (found != facts->end()) return found->second.value.is_null() ? "" : fact_text(found->second);
  }
  return "";
}

}  // namespace unitcost
