// How a run begins, new or taken up again.
#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "harness/base/error.hpp"
#include "harness/machine/facts.hpp"
#include "harness/machine/memory.hpp"
#include "harness/plan/budget.hpp"
#include "harness/run/build_facts.hpp"
#include "harness/run/command.hpp"
#include "harness/run/foreign.hpp"
#include "harness/run/measure.hpp"
#include "harness/scenario/parse.hpp"
#include "harness/store/load.hpp"
#include "harness/store/run_folder.hpp"

namespace unitcost {
namespace {

void add_foreign(const std::filesystem::path& path, PreparedRun& run, Site& site) {
  const ForeignProgram program = read_foreign(path, site.processes, padded_environment(site.environment, 0));
  site.programs.add_foreign(program.name, program.launch);
  run.record.plan = foreign_plan(program, run.profile, run.wishes.seed, run.wishes.only);
  run.record.scenarios = {scenario_of(program)};
}

/// A run that was begun with --program has to find it again, and no other run takes one.
void find_foreign_again(const RunRecord& record, const std::filesystem::path& path, Site& site) {
  const bool is_foreign = record.scenarios.size() == 1 && record.scenarios.front().id.starts_with(kForeignFamily);
  if (!is_foreign && !path.empty()) throw BadInput("this run measures scenarios; take it up without --program");
  if (!is_foreign || record.plan.cases.empty()) return;
  const std::string& name = record.plan.cases.front().program;
  if (path.empty()) {
    throw BadInput(
        fmt::format("this run measures the program '{}'; take it up with --resume RUN --program PATH", name));
  }
  const ForeignProgram program = read_foreign(path, site.processes, padded_environment(site.environment, 0));
  if (program.name != name) throw BadInput(fmt::format("{}: this run measures the program '{}'", path.string(), name));
  site.programs.add_foreign(program.name, program.launch);
}

void refuse_other_build(const RunRecord& record, const Facts& now) {
  const std::string difference = build_difference(record.build, now);
  if (!difference.empty()) {
    throw BadInput(
        fmt::format("the run was begun with another build: {}; its numbers and new ones would not belong together, so "
                    "start a new run",
                    difference));
  }
}

std::map<std::string, std::string> digests_of(const Plan& plan, const Programs& programs) {
  std::map<std::string, std::string> digests;
  for (const PlannedCase& planned : plan.cases) {
    if (digests.contains(planned.program)) continue;
    const Launch launch = programs.find(planned.program);
    if (launch.unavailable.empty()) digests[planned.program] = program_digest(launch);
  }
  return digests;
}

/// What is compiled into the harness does not tell: a program may be anyone's, or built anew from files that no commit holds.
void refuse_other_programs(const RunRecord& record, const Programs& programs) {
  const auto now = digests_of(record.plan, programs);
  for (const auto& [name, before] : record.programs) {
    const auto found = now.find(name);
    if (found != now.end() && found->second == before) continue;
    throw BadInput(
        fmt::format("the program '{}' is not the one that the run was begun with: it was built anew or replaced; old "
                    "numbers and new ones would not belong together, so start a new run",
                    name));
  }
}

void refuse_other_boot(const RunRecord& record, const std::string& machine, const std::string& boot) {
  if (record.machine_id != machine) {
    throw BadInput(
        "the run was begun on another machine, or the results folder's .machine-key was replaced; start a new run");
  }
  if (record.boot != boot) throw BadInput("this machine was rebooted since the run began; start a new run");
}

}  // namespace

PreparedRun prepare_new(const RunWishes& wishes, Site& site) {
  PreparedRun run;
  run.profile = load_profile(wishes.scenarios, wishes.profile);
  run.wishes = {wishes.seed, static_cast<int>(site.topology.cpus.size()), wishes.only, {}};
  if (!wishes.program.empty()) {
    add_foreign(wishes.program, run, site);
  } else {
    std::vector<Scenario> all = load_scenarios(wishes.scenarios);
    check_profile(run.profile, all);
    run.record.scenarios = select_scenarios(std::move(all), wishes.only);
    run.record.plan = build_plan(run.record.scenarios, run.profile, run.wishes);
  }
  if (run.record.plan.cases.empty()) {
    throw BadInput(
        fmt::format("profile '{}' leaves nothing of what --only chose; `unitcost list --cases` shows what there is",
                    wishes.profile));
  }
  run.profile.budget_s = budget_for(run.profile, run.record.plan);
  run.free_memory_bytes = free_memory_bytes(site.root);
  drop_what_cannot_run(run.record.plan, site.programs, site.strace, site.cpu_sets(run.record.plan));
  drop_what_needs_too_much_memory(run.record.plan, run.free_memory_bytes);
  run.record.programs = digests_of(run.record.plan, site.programs);
  run.record.label = wishes.label;
  run.record.machine = site.machine_facts();
  run.record.build = site.all_build_facts();
  return run;
}

PreparedRun prepare_resumed(const std::filesystem::path& folder, const RunWishes& wishes, Site& site) {
  LoadedRun loaded = load_run(folder);
  PreparedRun run;
  run.record = std::move(loaded.record);
  run.blocks = std::move(loaded.blocks);
  run.folder = loaded.folder;
  run.id = loaded.id;
  if (run.record.status == "complete")
    throw BadInput(fmt::format("{}: this run is complete; there is nothing to resume", folder.string()));
  const std::string key = machine_key(wishes.results);
  refuse_other_boot(run.record, machine_id(site.root, key), boot_hash(site.root, key));
  refuse_other_build(run.record, site.all_build_facts());
  run.profile = load_profile(wishes.scenarios, run.record.plan.profile);
  run.profile.budget_s = budget_for(run.profile, run.record.plan);
  run.wishes = {run.record.plan.seed, static_cast<int>(site.topology.cpus.size()), run.record.plan.only, {}};
  run.free_memory_bytes = free_memory_bytes(site.root);
  find_foreign_again(run.record, wishes.program, site);
  refuse_other_programs(run.record, site.programs);
  return run;
}

}  // namespace unitcost
