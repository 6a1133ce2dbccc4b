#include "harness/run/foreign.hpp"

#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <set>

#include <fmt/format.h>

#include "harness/base/error.hpp"
#include "harness/base/nearest.hpp"
#include "harness/base/prefixes.hpp"
#include "harness/plan/build.hpp"
#include "harness/run/abilities.hpp"

namespace unitcost {
namespace {

bool wanted(const std::string& program, const std::string& name, const std::vector<std::string>& only) {
  return is_asked_for(name, only) || starts_with_any(program + ":" + name, only);
}

}  // namespace

ForeignProgram read_foreign(const std::filesystem::path& path, ProcessRunner& runner,
                            const std::vector<std::string>& environment) {
  std::error_code missing;
  const auto file = std::filesystem::canonical(path, missing);
  if (missing || std::filesystem::is_directory(file))
    throw BadInput(fmt::format("{}: there is no such program", path.string()));
  if (access(file.c_str(), X_OK) != 0)
    throw BadInput(fmt::format("{}: this file may not be executed; chmod +x makes it a program", path.string()));
  ForeignProgram program{file.filename().string(), {file.string(), {}, true, ""}, {}};
  const Abilities abilities = ask_abilities(program.launch, runner, environment);
  if (!abilities.problem.empty())
    throw BadInput(fmt::format("{}: not a Google Benchmark program: {}", path.string(), abilities.problem));
  program.launch.ours = abilities.is_ours;
  program.has_token = abilities.has_token;
  program.cases = abilities.cases;
  if (program.cases.empty()) throw BadInput(fmt::format("{}: it lists no cases", path.string()));
  return program;
}

Plan foreign_plan(const ForeignProgram& program, const Profile& profile, std::uint64_t seed,
                  const std::vector<std::string>& only) {
  Plan plan;
  plan.seed = seed;
  plan.profile = profile.name;
  plan.preview = profile.preview;
  plan.only = only;
  plan.rounds = profile.rounds;
  const std::string scenario = scenario_id_of(program);
  const std::vector<std::string> labels = labels_of(program);
  std::set<std::string> keys;
  for (std::size_t at = 0; at < program.cases.size(); ++at) {
    const std::string& name = program.cases[at];
    if (!wanted(program.name, name, only)) continue;
    PlannedCase planned;
    planned.program = program.name;
    planned.name = name;
    planned.key = case_key(program.name, name, Observe::kTime);
    if (!keys.insert(planned.key).second) {
      throw BadInput(
          fmt::format("{}: it lists the case '{}' twice, and no filter tells the two apart; rename one of them",
                      program.name, name));
    }
    planned.cpus = name.find("/threads:") == std::string::npos ? "one" : "all";
    planned.sample_ms = std::max(1, static_cast<int>(std::ceil(kForeignSampleMs * profile.sample_scale)));
    planned.samples = profile.samples_per_block;
    planned.rounds = profile.rounds;
    plan.labels.push_back({scenario, labels[at], planned.key, {}});
    plan.cases.push_back(std::move(planned));
  }
  if (plan.cases.empty()) {
    throw BadInput(fmt::format("--only {}: {} has no such case{}", fmt::join(only, " "), program.name,
                               did_you_mean(only.front(), program.cases)));
  }
  return plan;
}

}  // namespace unitcost
