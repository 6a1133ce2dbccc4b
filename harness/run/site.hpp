#pragma once
// The real machine as a run needs it, looked at once: CPUs, tools, programs, and what children inherit.
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "harness/base/clock.hpp"
#include "harness/machine/root.hpp"
#include "harness/machine/topology.hpp"
#include "harness/plan/plan.hpp"
#include "harness/run/boost_runner.hpp"
#include "harness/run/interrupt.hpp"
#include "harness/run/programs.hpp"
#include "harness/run/strace.hpp"

namespace unitcost {

struct Site {
  explicit Site(const std::filesystem::path& programs_folder);

  SystemRoot root;
  SystemClock clock;
  Interrupts interrupts;
  BoostRunner processes;
  Topology topology;
  Programs programs;
  Strace strace;
  std::vector<std::string> environment;

  [[nodiscard]] std::map<std::string, CpuChoice> cpu_sets(const Plan& plan) const;
  [[nodiscard]] Facts machine_facts() const;
  [[nodiscard]] Facts all_build_facts() const;
};

/// Drops, with the reason, what this machine cannot measure: no interpreter, no strace, no such CPUs. Throws BadInput when a program is missing.
void drop_what_cannot_run(Plan& plan, const Programs& programs, const Strace& strace,
                          const std::map<std::string, CpuChoice>& cpu_sets);

}  // namespace unitcost
