// unitcost list: scenarios with their questions and claims; with --cases the cases that they expand to here.
#include <algorithm>
#include <cstdio>
#include <memory>

#include <fmt/format.h>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "harness/cli/commands.hpp"
#include "harness/plan/build.hpp"
#include "harness/run/cpu_affinity.hpp"
#include "harness/scenario/expand.hpp"
#include "harness/scenario/parse.hpp"

namespace unitcost::cli {
namespace {

namespace json = boost::json;

struct Options {
  std::vector<std::string> only;
  bool cases = false;
  bool dense = false;
  bool json = false;
};

std::string claim_name(const Claim& claim) {
  return claim.variant.empty() ? claim.id : fmt::format("{} ({})", claim.id, claim.variant);
}

std::vector<Expansion> expansions_of(const std::vector<Scenario>& scenarios, bool dense,
                                     const std::vector<std::string>& only) {
  ExpandOptions options;
  options.cpus = std::max(1, static_cast<int>(affinity_of(0).size()));
  options.dense = dense;
  std::vector<Expansion> all;
  for (const Scenario& scenario : scenarios) {
    for (Expansion& expansion : expand(scenario, options)) {
      if (is_chosen(scenario.id + ":" + expansion.label, case_key(expansion.program, expansion.name, expansion.observe),
                    only))
        all.push_back(std::move(expansion));
    }
  }
  return all;
}

void print_scenarios(const std::vector<Scenario>& scenarios) {
  for (const Scenario& scenario : scenarios) {
    fmt::print("{}\n  {}\n", scenario.id, in_english(scenario.question));
    for (const Claim& claim : scenario.claims) fmt::print("    {}: {}\n", claim_name(claim), in_english(claim.says));
  }
}

void print_scenarios_json(const std::vector<Scenario>& scenarios) {
  json::array all;
  for (const Scenario& scenario : scenarios) {
    json::array claims;
    for (const Claim& claim : scenario.claims) {
      claims.push_back(json::object{{"id", claim.id}, {"variant", claim.variant}, {"says", in_english(claim.says)}});
    }
    all.push_back(json::object{
        {"scenario", scenario.id}, {"question", in_english(scenario.question)}, {"claims", std::move(claims)}});
  }
  fmt::print("{}\n", json::serialize(all));
}

void print_cases(const std::vector<Expansion>& expansions) {
  for (const Expansion& expansion : expansions) {
    fmt::print("{:<32} {:<24} {}\n", expansion.scenario, expansion.label,
               case_key(expansion.program, expansion.name, expansion.observe));
  }
}

void print_cases_json(const std::vector<Expansion>& expansions) {
  json::array all;
  for (const Expansion& expansion : expansions) {
    all.push_back(json::object{{"scenario", expansion.scenario},
                               {"label", expansion.label},
                               {"program", expansion.program},
                               {"name", expansion.name},
                               {"observe", expansion.observe == Observe::kSyscalls ? "syscalls" : "time"}});
  }
  fmt::print("{}\n", json::serialize(all));
}

Exit list(const Options& options, const Places& places) {
  const auto scenarios = select_scenarios(load_scenarios(places.scenarios), options.only);
  if (!options.cases && !options.dense) {
    if (options.json) print_scenarios_json(scenarios);
    else print_scenarios(scenarios);
    return Exit::kOk;
  }
  const auto expansions = expansions_of(scenarios, options.dense, options.only);
  if (options.json) print_cases_json(expansions);
  else print_cases(expansions);
  return Exit::kOk;
}

}  // namespace

void add_list(CommandLine& line) {
  auto options = std::make_shared<Options>();
  Command command = line.command("list", "Scenarios, their questions and claims; their cases");
  command.option("--only", options->only, "Scenarios or cases that begin so").type_name("PREFIX");
  command.flag("--cases", options->cases, "Every case by name, as this machine expands it");
  command.flag("--dense", options->dense, "Every case at four points an octave (implies --cases)");
  command.flag("--json", options->json, "As JSON");
  command.does([options](const Places& places) { return list(*options, places); });
}

}  // namespace unitcost::cli
