#include "harness/plan/build.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "harness/base/error.hpp"
#include "harness/base/prefixes.hpp"
#include "harness/scenario/expand.hpp"

namespace unitcost {
namespace {

/// Setting up this much may take over half a second even where round 0 saw it go faster: a guest whose host has taken pages back touches
/// them at a fifth of the speed (0.3 s for a gigabyte of huge pages in round 0, up to 5 s later, measured).
constexpr std::uint64_t kSlowBytes = std::uint64_t{512} << 20U;

PlannedCase planned_from(const Expansion& expansion, const Profile& profile) {
  PlannedCase planned;
  planned.key = case_key(expansion.program, expansion.name, expansion.observe);
  planned.program = expansion.program;
  planned.name = expansion.name;
  planned.observe = expansion.observe;
  planned.axes = expansion.axes;
  planned.cpus = expansion.run.cpus;
  planned.timeout_s = expansion.run.timeout_s;
  planned.sample_ms = std::max(1, static_cast<int>(std::ceil(expansion.run.sample_ms * profile.sample_scale)));
  planned.samples = profile.samples_per_block;
  planned.rounds = profile.rounds;
  planned.memory_bytes = expansion.memory_bytes;
  if (expansion.observe == Observe::kSyscalls) planned.samples = 1;  // a count does not scatter within a process
  if (expansion.run.slow || expansion.memory_bytes >= kSlowBytes) make_slow(planned, profile.slow_rounds);
  return planned;
}

/// Two labels may ask for one case; what either needs is granted.
void merge(PlannedCase& planned, const PlannedCase& other, const std::string& scenario) {
  if (planned.cpus != other.cpus) {
    throw BadInput(fmt::format(
        "{}: case '{}' is wanted on CPU set '{}' here and on '{}' elsewhere; the CPU set belongs into the case's name",
        scenario, planned.key, other.cpus, planned.cpus));
  }
  planned.timeout_s = std::max(planned.timeout_s, other.timeout_s);
  planned.sample_ms = std::max(planned.sample_ms, other.sample_ms);
  planned.memory_bytes = std::max(planned.memory_bytes, other.memory_bytes);
  if (other.slow) make_slow(planned, other.rounds);
}

}  // namespace

bool wants_cliffs(const std::vector<Scenario>& scenarios, const Profile& profile) {
  return profile.near_cliffs && std::any_of(scenarios.begin(), scenarios.end(), [](const Scenario& scenario) {
           return std::any_of(scenario.axes.begin(), scenario.axes.end(),
                              [](const auto& axis) { return axis.second.near_cliffs != 0; });
         });
}

std::string case_key(const std::string& program, const std::string& name, Observe observe) {
  return program + ":" + name + (observe == Observe::kSyscalls ? "#syscalls" : "");
}

bool is_chosen(const std::string& label, const std::string& key, const std::vector<std::string>& only) {
  return is_asked_for(label, only) || starts_with_any(key, only);
}

void make_slow(PlannedCase& planned, int slow_rounds) {
  planned.slow = true;
  planned.samples = 1;
  planned.rounds = std::min(planned.rounds, slow_rounds);
}

Plan build_plan(const std::vector<Scenario>& scenarios, const Profile& profile, const PlanWishes& wishes) {
  Plan plan;
  plan.seed = wishes.seed;
  plan.profile = profile.name;
  plan.preview = profile.preview;
  plan.only = wishes.only;
  plan.rounds = profile.rounds;
  ExpandOptions options;
  options.cpus = wishes.cpus;
  options.dense = profile.dense;
  options.profile = &profile;
  if (profile.near_cliffs) options.cliffs = wishes.cliffs;

  std::map<std::string, std::size_t> index;
  for (const Scenario& scenario : scenarios) {
    for (const Expansion& expansion : expand(scenario, options)) {
      const PlannedCase planned = planned_from(expansion, profile);
      if (starts_with_any(planned.key, profile.leave_out)) continue;
      if (!is_asked_for(planned.key, profile.only)) continue;
      if (!is_chosen(scenario.id + ":" + expansion.label, planned.key, wishes.only)) continue;
      const auto [known, fresh] = index.emplace(planned.key, plan.cases.size());
      if (fresh) {
        plan.cases.push_back(planned);
      } else {
        merge(plan.cases[known->second], planned, scenario.id);
      }
      plan.labels.push_back({scenario.id, expansion.label, planned.key, expansion.axes});
    }
  }
  return plan;
}

void take_over(const Plan& from, Plan& to) {
  std::map<std::string, const PlannedCase*> known;
  for (const PlannedCase& planned : from.cases) known[planned.key] = &planned;
  for (PlannedCase& planned : to.cases) {
    if (const auto found = known.find(planned.key); found != known.end()) planned = *found->second;
  }
}

}  // namespace unitcost
