// unitcost doctor: what this machine is, what makes it noisy, what it cannot measure, and what to do about it.
#include <algorithm>
#include <cstdio>
#include <memory>

#include <fmt/format.h>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "harness/cli/commands.hpp"
#include "harness/machine/facts.hpp"
#include "harness/machine/memory.hpp"
#include "harness/machine/noise.hpp"
#include "harness/run/site.hpp"
#include "harness/scenario/parse.hpp"

namespace unitcost::cli {
namespace {

namespace json = boost::json;

struct Examination {
  Facts machine;
  Facts build;
  std::vector<Finding> noise;
  std::vector<Finding> gaps;
  std::uint64_t free_bytes = 0;
};

Examination examine(const Places& places) {
  const Site site(places.programs);
  Examination seen;
  seen.machine = site.machine_facts();
  seen.build = site.all_build_facts();
  Facts all = seen.machine;
  all.insert(seen.build.begin(), seen.build.end());
  seen.noise = find_noise(site.root, site.topology, all);
  seen.gaps = find_gaps(site.root, site.topology, all);
  seen.free_bytes = free_memory_bytes(site.root);
  return seen;
}

std::string for_people(const std::string& name, const Fact& fact) {
  if (name.ends_with("_bytes") && fact.value.is_int64())
    return format_size(static_cast<std::uint64_t>(fact.value.as_int64()));
  if (name == "caches" && fact.value.is_array()) {
    std::string text;
    for (const json::value& cache : fact.value.as_array()) {
      const auto& entry = cache.as_object();
      text += fmt::format("{}L{} {} {}", text.empty() ? "" : ", ", entry.at("level").as_int64(),
                          std::string(entry.at("type").as_string().c_str()),
                          format_size(static_cast<std::uint64_t>(entry.at("bytes").as_int64())));
    }
    return text;
  }
  if (name == "mitigations" && fact.value.is_object())
    return fmt::format("{} in force or missing (--json lists them)", fact.value.as_object().size());
  return fact_text(fact);
}

void print_facts(const char* title, const Facts& facts) {
  fmt::print("{}\n", title);
  for (const auto& [name, fact] : facts) fmt::print("  {:<20} {}\n", name, for_people(name, fact));
}

void print_findings(const char* title, const std::vector<Finding>& findings, const char* none) {
  fmt::print("{}\n", title);
  if (findings.empty()) fmt::print("  {}\n", none);
  for (const Finding& finding : findings)
    fmt::print("  {:<20} {}\n  {:<20} → {}\n", finding.name, finding.state, "", finding.hint);
}

json::object to_json(const Facts& facts) {
  json::object object;
  for (const auto& [name, fact] : facts) object[name] = json::object{{"value", fact.value}, {"reason", fact.reason}};
  return object;
}

json::array to_json(const std::vector<Finding>& findings) {
  json::array array;
  for (const Finding& finding : findings) {
    array.push_back(json::object{{"name", finding.name}, {"state", finding.state}, {"hint", finding.hint}});
  }
  return array;
}

Exit doctor(bool as_json, const Places& places) {
  const Examination seen = examine(places);
  if (as_json) {
    const json::object object{{"machine", to_json(seen.machine)},
                              {"build", to_json(seen.build)},
                              {"free_memory_bytes", seen.free_bytes},
                              {"noise", to_json(seen.noise)},
                              {"not_measurable", to_json(seen.gaps)}};
    fmt::print("{}\n", json::serialize(object));
    return Exit::kOk;
  }
  print_facts("machine", seen.machine);
  fmt::print("  {:<20} {}; a block may use half of it\n", "free memory", format_size(seen.free_bytes));
  print_facts("build", seen.build);
  print_findings("noise", seen.noise, "none found");
  print_findings("not measurable or not recorded here", seen.gaps, "everything can be measured");
  return Exit::kOk;
}

}  // namespace

void add_doctor(CommandLine& line) {
  auto as_json = std::make_shared<bool>(false);
  Command command = line.command("doctor", "Machine facts, sources of noise, and what cannot be measured here");
  command.flag("--json", *as_json, "As JSON");
  command.does([as_json](const Places& places) { return doctor(*as_json, places); });
}

}  // namespace unitcost::cli
