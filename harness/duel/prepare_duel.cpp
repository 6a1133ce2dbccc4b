// How a duel begins, new or taken up again.
#include <algorithm>
#include <cmath>
#include <set>

#include <fmt/format.h>

#include "harness/base/error.hpp"
#include "harness/duel/calibrate_pair.hpp"
#include "harness/duel/measure_duel.hpp"
#include "harness/duel/pair_cut.hpp"
#include "harness/duel/side_layouts.hpp"
#include "harness/duel/sides.hpp"
#include "harness/machine/facts.hpp"
#include "harness/machine/memory.hpp"
#include "harness/plan/budget.hpp"
#include "harness/plan/build.hpp"
#include "harness/run/command.hpp"
#include "harness/run/foreign.hpp"
#include "harness/run/machine_lock.hpp"
#include "harness/run/redact.hpp"
#include "harness/scenario/parse.hpp"
#include "harness/store/run_folder.hpp"

namespace unitcost {
namespace {

namespace fs = std::filesystem;

struct Subject {
  Plan plan;
  std::vector<Scenario> scenarios;
};

struct BothSides {
  SidePrograms a;
  SidePrograms b;
};

std::vector<std::string> programs_of(const Plan& plan) {
  std::set<std::string> names;
  for (const PlannedCase& planned : plan.cases) names.insert(planned.program);
  return {names.begin(), names.end()};
}

void refuse_odd_sides(const DuelWishes& wishes) {
  for (const fs::path& side : {wishes.a, wishes.b}) {
    if (!side.empty() && !fs::exists(side))
      throw BadInput(fmt::format("{}: there is no such folder or program", side.string()));
  }
  if (!wishes.b.empty() && fs::is_directory(wishes.a) != fs::is_directory(wishes.b)) {
    throw BadInput(fmt::format("{} and {}: a folder of programs is compared with a folder, a program with a program",
                               wishes.a.string(), wishes.b.string()));
  }
}

BothSides read_sides(const DuelWishes& wishes, Site& site, const std::vector<std::string>& wanted) {
  const auto environment = padded_environment(site.environment, 0);
  const std::string name = wishes.a.filename().string();
  const fs::path& second = wishes.pilot ? wishes.a : wishes.b;
  return {read_side(wishes.a, name, site.processes, environment, wanted),
          read_side(second, name, site.processes, environment, wanted)};
}

/// Of two folders: what the scenarios ask of them. Calls are counted, not timed, so there is nothing to compare in slices.
Subject subject_of_folders(const DuelWishes& wishes, const Site& site) {
  Subject subject;
  const Profile profile = load_profile(wishes.scenarios, wishes.profile);
  subject.scenarios = select_scenarios(load_scenarios(wishes.scenarios), wishes.only);
  subject.plan = build_plan(subject.scenarios, profile,
                            {wishes.seed, static_cast<int>(site.topology.cpus.size()), wishes.only, {}});
  std::erase_if(subject.plan.cases, [](const PlannedCase& planned) { return planned.observe == Observe::kSyscalls; });
  return subject;
}

Subject subject_of_programs(const DuelWishes& wishes, const SidePrograms& a) {
  const std::string name = wishes.a.filename().string();
  ForeignProgram program;
  program.name = name;
  program.cases = a.told.at(name).cases;
  Subject subject;
  subject.plan = foreign_plan(program, Profile{}, wishes.seed, wishes.only);
  if (!a.has_token(name)) return subject;
  for (PlannedCase& planned : subject.plan.cases) {
    if (planned.cpus == "one") planned.sample_ms = kPlainSampleMs;
  }
  return subject;
}

/// Drops the case where a side's program crashes when it is asked for its cases: it may well have it.
void drop_what_crashes(PlannedCase& planned, const BothSides& sides) {
  const Redactor redactor({{sides.a.programs.folder(), "<a>"}, {sides.b.programs.folder(), "<b>"}});
  for (const auto& [name, side] : {std::pair{"A", &sides.a}, std::pair{"B", &sides.b}}) {
    const std::string failure = redactor.clean(side->failure_of(planned.program));
    if (planned.dropped.empty() && !failure.empty()) planned.dropped = fmt::format("{}: failed: {}", name, failure);
  }
}

/// Cases of A that B does not have, and the other way round for programs without scenarios. What no common case needs is forgotten.
void split(Plan& plan, BothSides& sides, DuelPlan& duel) {
  std::vector<PlannedCase> common;
  const auto may_have = [](const SidePrograms& side, const PlannedCase& planned) {
    return side.has(planned) || !side.failure_of(planned.program).empty();
  };
  for (PlannedCase& planned : plan.cases) {
    const bool in_a = may_have(sides.a, planned);
    const bool in_b = may_have(sides.b, planned);
    if (in_a && in_b) {
      drop_what_crashes(planned, sides);
      common.push_back(std::move(planned));
    } else if (in_a) {
      duel.only_in_a.push_back(planned.key);
    } else if (in_b) {
      duel.only_in_b.push_back(planned.key);
    }
  }
  plan.cases = std::move(common);
  for (SidePrograms* side : {&sides.a, &sides.b}) keep_only(*side, programs_of(plan));
}

void add_cases(const Subject& subject, const BothSides& sides, const DuelWishes& wishes, DuelPlan& duel) {
  for (const PlannedCase& planned : subject.plan.cases) {
    DuelCase duel_case;
    duel_case.planned = planned;
    duel_case.planned.slow = false;
    duel_case.is_measurable_in_a = planned.dropped.empty() || failed_in_calibration(duel_case);
    duel_case.counter = counter_of(planned.key, subject.scenarios, subject.plan.labels);
    duel_case.has_token = sides.a.has_token(planned.program) && sides.b.has_token(planned.program);
    duel_case.slice_ms = duel_case.has_token ? slice_ms_of(planned, wishes.cut) : planned.sample_ms;
    duel_case.planned.sample_ms = std::max(1, static_cast<int>(std::ceil(duel_case.slice_ms)));
    duel.cases.push_back(std::move(duel_case));
  }
}

void warn(DuelRecord& record) {
  const DuelPlan& plan = record.plan;
  if (!plan.pilot && record.sides[kA].digests == record.sides[kB].digests)
    record.warnings.emplace_back("the programs of A and B are the same, byte by byte");
  if (std::any_of(plan.cases.begin(), plan.cases.end(),
                  [](const DuelCase& each) { return !each.has_token && each.planned.dropped.empty(); })) {
    record.warnings.emplace_back(
        "some programs know no token: their pairs are whole processes in the order ABBA, which scatter several times "
        "as much as slices do");
  }
  if (plan.pairs < 16)
    record.warnings.push_back(fmt::format("{} pairs are too few for a gate: 16 at least", plan.pairs));
  for (const std::string& warning : layout_warnings(record.sides)) record.warnings.push_back(warning);
}

BootOfMachine boot_of(const DuelWishes& wishes, const Site& site) {
  const std::string key = machine_key(wishes.results);
  return {machine_id(site.root, key), boot_hash(site.root, key)};
}

/// Nobody measures while this compiles.
SideLayouts link_anew(const DuelWishes& wishes, const BothSides& sides, bool may_reuse, Site& site, BuildSteps& steps) {
  if (wishes.layouts == 0) return {};
  const MachineLock lock(lock_folder(), site.root.read("/proc/sys/kernel/random/boot_id").value_or(""),
                         site.clock.utc());
  return make_side_layouts(wishes, {&sides.a, &sides.b}, wishes.a.filename().string(), may_reuse, boot_of(wishes, site),
                           steps);
}

}  // namespace

PreparedDuel prepare_duel(const DuelWishes& wishes, Site& site, BuildSteps& steps) {
  refuse_odd_sides(wishes);
  const bool folders = fs::is_directory(wishes.a);
  Subject subject;
  if (folders) subject = subject_of_folders(wishes, site);
  BothSides sides = read_sides(wishes, site, programs_of(subject.plan));
  if (!folders) subject = subject_of_programs(wishes, sides.a);

  DuelRecord record;
  DuelPlan& duel = record.plan;
  duel.seed = wishes.seed;
  duel.profile = folders ? wishes.profile : "";
  duel.only = wishes.only;
  duel.pilot = wishes.pilot;
  duel.pairs = wishes.pairs;
  duel.layouts = wishes.layouts;
  duel.cut = wishes.cut;
  split(subject.plan, sides, duel);
  if (subject.plan.cases.empty()) {
    throw BadInput(fmt::format("{} and {} have no case in common{}", wishes.a.string(), wishes.b.string(),
                               duel.only_in_a.empty() ? "" : ": A has " + duel.only_in_a.front()));
  }
  for (PlannedCase& planned : subject.plan.cases) planned.memory_bytes *= 2;  // both sides live at the same time
  drop_what_cannot_run(subject.plan, sides.a.programs, site.strace, site.cpu_sets(subject.plan));
  drop_what_needs_too_much_memory(subject.plan, free_memory_bytes(site.root));
  add_cases(subject, sides, wishes, duel);
  record.label = wishes.label;
  record.machine = site.machine_facts();
  record.build = site.all_build_facts();
  SideLayouts layouts = link_anew(wishes, sides, false, site, steps);
  const std::string copy = duel.layouts > 0 ? "A in another link order" : "copy of A";
  record.sides = {
      DuelSide{wishes.names[kA], digests_of(sides.a), wishes.commits[kA], layouts.digests[kA]},
      DuelSide{wishes.pilot ? copy : wishes.names[kB], digests_of(sides.b), wishes.commits[kB], layouts.digests[kB]}};
  warn(record);
  return {std::move(record),           sides.a.programs,          sides.b.programs, fs::canonical(wishes.a), {}, {}, {},
          std::move(layouts.programs), std::move(layouts.scratch)};
}

PreparedDuel prepare_resumed_duel(const fs::path& folder, const DuelWishes& wishes, Site& site, BuildSteps& steps) {
  LoadedDuel loaded = load_duel(folder);
  DuelRecord& record = loaded.record;
  if (record.status == "complete")
    throw BadInput(fmt::format("{}: this duel is complete; there is nothing to resume", folder.string()));
  const BootOfMachine now = boot_of(wishes, site);
  if (record.machine_id != now.machine_id) {
    throw BadInput(
        "the duel was begun on another machine, or the results folder's .machine-key was replaced; start a new one");
  }
  if (record.boot != now.boot) throw BadInput("this machine was rebooted since the duel began; start a new one");
  refuse_odd_sides(wishes);
  DuelWishes same = wishes;
  same.pilot = record.plan.pilot;
  same.layouts = record.plan.layouts;
  if (!same.pilot && same.b.empty()) throw BadInput("this duel compares two sides: unitcost duel A B --resume DUEL");
  const BothSides sides = read_sides(same, site, programs_of(plan_of(record.plan)));
  const auto refuse_others = [](bool are_others) {
    if (are_others)
      throw BadInput(
          "the programs are not those that the duel was begun with; old pairs and new ones would not belong together, "
          "so start a new one");
  };
  refuse_others(digests_of(sides.a) != record.sides[kA].digests || digests_of(sides.b) != record.sides[kB].digests);
  SideLayouts layouts = link_anew(same, sides, true, site, steps);
  refuse_others(layouts.digests[kA] != record.sides[kA].layouts || layouts.digests[kB] != record.sides[kB].layouts);
  return {std::move(record),
          sides.a.programs,
          sides.b.programs,
          fs::canonical(wishes.a),
          loaded.folder,
          std::move(loaded.pairs),
          loaded.id,
          std::move(layouts.programs),
          std::move(layouts.scratch)};
}

}  // namespace unitcost
