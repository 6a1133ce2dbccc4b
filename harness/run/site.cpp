#include "harness/run/site.hpp"

#include <unistd.h>

#include <cstdlib>

#include "harness/machine/facts.hpp"
#include "harness/run/build_facts.hpp"

namespace unitcost {
namespace {

std::vector<std::string> environment_of_this_process() {
  std::vector<std::string> entries;
  for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) entries.emplace_back(*entry);
  return entries;
}

std::string search_path() {
  const char* path = std::getenv("PATH");
  return path == nullptr ? "/usr/local/bin:/usr/bin:/bin" : path;
}

}  // namespace

Site::Site(const std::filesystem::path& programs_folder)
    : processes(interrupts),
      topology(read_topology()),
      programs(programs_folder),
      strace(find_strace(processes, search_path())),
      environment(environment_of_this_process()) {}

std::map<std::string, CpuChoice> Site::cpu_sets(const Plan& plan) const {
  const auto served = interrupts_by_cpu(root);
  std::map<std::string, CpuChoice> sets{{"one", choose_cpus(topology, served, "one")}};
  for (const PlannedCase& planned : plan.cases)
    sets.try_emplace(planned.cpus, choose_cpus(topology, served, planned.cpus));
  return sets;
}

Facts Site::machine_facts() const {
  Facts facts = collect_facts(root, topology);
  facts["strace"] = strace_fact(strace);
  return facts;
}

Facts Site::all_build_facts() const {
  Facts facts = build_facts();
  facts.merge(programs.python_facts());
  return facts;
}

void drop_what_cannot_run(Plan& plan, const Programs& programs, const Strace& strace,
                          const std::map<std::string, CpuChoice>& cpu_sets) {
  std::map<std::string, Launch> launches;
  for (PlannedCase& planned : plan.cases) {
    if (!launches.contains(planned.program)) launches[planned.program] = programs.find(planned.program);
    if (!planned.dropped.empty()) continue;
    planned.dropped = launches[planned.program].unavailable;
    if (planned.dropped.empty() && planned.observe == Observe::kSyscalls && strace.program.empty())
      planned.dropped = strace.reason;
    if (planned.dropped.empty()) planned.dropped = cpu_sets.at(planned.cpus).reason;
  }
}

}  // namespace unitcost
