#include <array>
#include <string_view>

#include <fmt/format.h>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "harness/base/error.hpp"
#include "harness/base/json.hpp"
#include "harness/scenario/scenario_json.hpp"
#include "harness/store/facts_json.hpp"
#include "harness/store/run_record.hpp"

namespace unitcost {
namespace {

namespace json = boost::json;

constexpr std::array<std::string_view, 3> kKinds{"identity", "set-up", "moving"};  // in the order of Fact::Kind

}  // namespace

json::object facts_to_json(const Facts& facts) {
  json::object object;
  for (const auto& [name, fact] : facts) {
    object[name] = json::object{
        {"kind", kKinds.at(static_cast<std::size_t>(fact.kind))}, {"value", fact.value}, {"reason", fact.reason}};
  }
  return object;
}

Facts facts_from_json(const JsonIn& in) {
  Facts facts;
  for (const auto& [name, value] : in.entries()) {
    const std::string kind = value.at("kind").text();
    std::size_t index = 0;
    while (index < kKinds.size() && kKinds[index] != kind) ++index;
    if (index == kKinds.size())
      throw BadInput(fmt::format("{}: '{}' is none of identity, set-up, moving", value.path(), kind));
    facts[name] = {static_cast<Fact::Kind>(index), value.at("value").value(), value.at("reason").text()};
  }
  return facts;
}

json::value to_json(const RunRecord& run) {
  json::object absent;
  for (const auto& [name, reason] : run.absent) absent[name] = reason;
  json::object programs;
  for (const auto& [name, digest] : run.programs) programs[name] = digest;
  json::array scenarios;
  for (const Scenario& scenario : run.scenarios) scenarios.push_back(to_json(scenario));
  return json::object{{"schema", run.schema},
                      {"machine_id", run.machine_id},
                      {"label", run.label},
                      {"boot", run.boot},
                      {"status", run.status},
                      {"started_utc", run.started_utc},
                      {"ended_utc", run.ended_utc},
                      {"wall_s", run.wall_s},
                      {"harness_cpu_s", run.harness_cpu_s},
                      {"memory_cpu_s", run.memory_cpu_s},
                      {"reference_steps", run.reference_steps},
                      {"reference_median_ns", run.reference_median_ns},
                      {"warnings", json::array(run.warnings.begin(), run.warnings.end())},
                      {"machine", facts_to_json(run.machine)},
                      {"build", facts_to_json(run.build)},
                      {"absent", std::move(absent)},
                      {"programs", std::move(programs)},
                      {"plan", to_json(run.plan)},
                      {"scenarios", std::move(scenarios)}};
}

RunRecord run_record_from_json(const json::value& value) {
  RunRecord run = run_record_beside_scenarios(value);
  run.scenarios = scenarios_from_json(value);
  return run;
}

std::vector<Scenario> scenarios_from_json(const json::value& value) {
  std::vector<Scenario> scenarios;
  for (const JsonIn& item : JsonIn(value, "run.json").at("scenarios").items())
    scenarios.push_back(scenario_from_json(item.value()));
  return scenarios;
}

RunRecord run_record_beside_scenarios(const json::value& value) {
  const JsonIn in(value, "run.json");
  RunRecord run;
  run.schema = in.at("schema").small_integer();
  if (run.schema != kRunSchema) {
    throw BadInput(
        fmt::format("run.json: schema {} is not the schema {} that this program reads; use the version that wrote it",
                    run.schema, kRunSchema));
  }
  run.machine_id = in.at("machine_id").text();
  run.label = in.at("label").text();
  run.boot = in.at("boot").text();
  run.status = in.at("status").text();
  run.started_utc = in.at("started_utc").text();
  run.ended_utc = in.at("ended_utc").text();
  run.wall_s = in.at("wall_s").number();
  run.harness_cpu_s = in.at("harness_cpu_s").number();
  if (const auto memory_cpu_s = in.find("memory_cpu_s")) run.memory_cpu_s = memory_cpu_s->number();
  run.reference_steps = in.at("reference_steps").integer();
  run.reference_median_ns = in.at("reference_median_ns").number();
  run.warnings = in.at("warnings").texts();
  run.machine = facts_from_json(in.at("machine"));
  run.build = facts_from_json(in.at("build"));
  for (const auto& [name, reason] : in.at("absent").entries()) run.absent[name] = reason.text();
  if (const auto programs = in.find("programs")) {
    for (const auto& [name, digest] : programs->entries()) run.programs[name] = digest.text();
  }
  run.plan = plan_from_json(in.at("plan").value());
  return run;
}

}  // namespace unitcost
