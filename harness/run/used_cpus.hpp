#pragma once
// Which CPUs a run or duel that is taken up again must go on with.
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "harness/machine/fact.hpp"
#include "harness/machine/topology.hpp"
#include "harness/plan/plan.hpp"

namespace unitcost {

using CpuSets = std::map<std::string, CpuChoice>;          ///< word of a scenario ("one", "all") -> CPUs
using UsedCpus = std::map<std::string, std::vector<int>>;  ///< the same words, of the blocks that are stored

/// On which CPUs the cases of each set ran. `Stored`: a block or a pair.
template <class Stored>
UsedCpus used_cpus(const std::vector<PlannedCase>& cases, const std::vector<Stored>& stored) {
  std::map<std::string_view, std::string_view> word_of;
  for (const PlannedCase& planned : cases) word_of[planned.key] = planned.cpus;
  UsedCpus used;
  for (const Stored& one : stored) {
    const auto word = word_of.find(one.case_key);
    const std::vector<int>& cpus = one.covariates.cpus_asked;
    if (word != word_of.end() && !cpus.empty()) used.try_emplace(std::string(word->second), cpus);
  }
  return used;
}

/// `chosen` now, but where blocks ran already their CPUs: which one is "one" depends on the interrupts served so far.
/// Throws BadInput when one of those is not usable any more, or when `machine` was described with another number of usable CPUs.
CpuSets same_cpus(CpuSets chosen, const UsedCpus& before, const Facts& machine, const Topology& topology);

}  // namespace unitcost
