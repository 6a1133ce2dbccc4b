#include "harness/run/used_cpus.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "harness/base/error.hpp"

namespace unitcost {
namespace {

constexpr const char* kStartNew = "old numbers and new ones would not belong together, so start a new one";

bool is_usable(int id, const Topology& topology) {
  return std::ranges::find(topology.cpus, id, &Cpu::id) != topology.cpus.end();
}

}  // namespace

CpuSets same_cpus(CpuSets chosen, const UsedCpus& before, const Facts& machine, const Topology& topology) {
  const auto described = machine.find("cpus");
  const auto now = static_cast<std::int64_t>(topology.cpus.size());
  if (described != machine.end() && described->second.value.is_int64() && described->second.value.get_int64() != now) {
    throw BadInput(fmt::format("begun with {} usable CPUs, and {} are usable now; {}",
                               described->second.value.get_int64(), now, kStartNew));
  }
  for (const auto& [word, cpus] : before) {
    const auto set = chosen.find(word);
    if (set == chosen.end() || cpus.empty()) continue;
    if (!std::ranges::all_of(cpus, [&](int id) { return is_usable(id, topology); })) {
      throw BadInput(
          fmt::format("begun on the CPUs {}, which are not all usable now; {}", fmt::join(cpus, ","), kStartNew));
    }
    set->second = {cpus, ""};
  }
  return chosen;
}

}  // namespace unitcost
