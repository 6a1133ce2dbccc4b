#include <set>

#include <fmt/format.h>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "harness/base/error.hpp"
#include "harness/base/json.hpp"
#include "harness/duel/duel_record.hpp"
#include "harness/store/facts_json.hpp"

namespace unitcost {
namespace {

namespace json = boost::json;

json::array array_of(const std::vector<std::string>& texts) { return json::array(texts.begin(), texts.end()); }

json::object to_json(const DuelCase& duel_case) {
  return {{"planned", to_json(duel_case.planned)},
          {"counter", duel_case.counter},
          {"has_token", duel_case.has_token},
          {"slice_ms", duel_case.slice_ms},
          {"slices", duel_case.slices},
          {"warm_up_iterations", duel_case.warm_up_iterations},
          {"is_measurable_in_a", duel_case.is_measurable_in_a}};
}

DuelCase case_from_json(const JsonIn& in) {
  DuelCase duel_case;
  duel_case.planned = planned_case_from_json(in.at("planned"));
  duel_case.counter = in.at("counter").text();
  duel_case.has_token = in.at("has_token").boolean();
  const auto slice_ms = in.find("slice_ms");  // older duels have whole milliseconds alone
  duel_case.slice_ms = slice_ms ? slice_ms->number() : duel_case.planned.sample_ms;
  duel_case.slices = in.at("slices").small_integer();
  duel_case.warm_up_iterations = in.at("warm_up_iterations").integer();
  const auto in_a = in.find("is_measurable_in_a");  // not in older duels
  duel_case.is_measurable_in_a = !in_a || in_a->boolean();
  return duel_case;
}

json::object to_json(const DuelPlan& plan) {
  json::array cases;
  for (const DuelCase& duel_case : plan.cases) cases.push_back(to_json(duel_case));
  return {{"seed", plan.seed},
          {"profile", plan.profile},
          {"only", array_of(plan.only)},
          {"pilot", plan.pilot},
          {"pairs", plan.pairs},
          {"layouts", plan.layouts},
          {"slice_ms", plan.cut.slice_ms},
          {"slices", plan.cut.slices},
          {"warm_up_share", plan.cut.warm_up_share},
          {"frozen", plan.frozen},
          {"cases", std::move(cases)},
          {"only_in_a", array_of(plan.only_in_a)},
          {"only_in_b", array_of(plan.only_in_b)}};
}

DuelPlan plan_from_json(const JsonIn& in) {
  DuelPlan plan;
  plan.seed = in.at("seed").count();
  plan.profile = in.at("profile").text();
  plan.only = in.at("only").texts();
  plan.pilot = in.at("pilot").boolean();
  plan.pairs = in.at("pairs").small_integer();
  if (const auto layouts = in.find("layouts")) plan.layouts = layouts->small_integer();  // older duels have none
  plan.cut = {in.at("slice_ms").number(), in.at("slices").small_integer(), in.at("warm_up_share").number()};
  plan.frozen = in.at("frozen").boolean();
  for (const JsonIn& item : in.at("cases").items()) plan.cases.push_back(case_from_json(item));
  plan.only_in_a = in.at("only_in_a").texts();
  plan.only_in_b = in.at("only_in_b").texts();
  return plan;
}

json::object texts_by_name(const std::map<std::string, std::string>& texts) {
  json::object object;
  for (const auto& [name, text] : texts) object[name] = text;
  return object;
}

std::map<std::string, std::string> texts_by_name(const JsonIn& in) {
  std::map<std::string, std::string> texts;
  for (const auto& [name, text] : in.entries()) texts[name] = text.text();
  return texts;
}

json::object to_json(const DuelSide& side) {
  json::array layouts;
  for (const Digests& digests : side.layouts) layouts.push_back(texts_by_name(digests));
  return {{"name", side.name},
          {"commit", side.commit},
          {"digests", texts_by_name(side.digests)},
          {"layouts", std::move(layouts)}};
}

DuelSide side_from_json(const JsonIn& in) {
  DuelSide side;
  side.name = in.at("name").text();
  side.digests = texts_by_name(in.at("digests"));
  if (const auto commit = in.find("commit")) side.commit = commit->text();
  if (const auto layouts = in.find("layouts")) {
    for (const JsonIn& digests : layouts->items()) side.layouts.push_back(texts_by_name(digests));
  }
  return side;
}

}  // namespace

int link_orders_of(const DuelSide& side, const std::string& program) {
  std::set<std::string> different;
  for (const Digests& digests : side.layouts) {
    if (const auto found = digests.find(program); found != digests.end()) different.insert(found->second);
  }
  return static_cast<int>(different.size());
}

json::value to_json(const DuelRecord& record) {
  return json::object{{"schema", record.schema},
                      {"machine_id", record.machine_id},
                      {"label", record.label},
                      {"boot", record.boot},
                      {"status", record.status},
                      {"started_utc", record.started_utc},
                      {"ended_utc", record.ended_utc},
                      {"wall_s", record.wall_s},
                      {"reference_steps", record.reference_steps},
                      {"reference_median_ns", record.reference_median_ns},
                      {"warnings", array_of(record.warnings)},
                      {"machine", facts_to_json(record.machine)},
                      {"build", facts_to_json(record.build)},
                      {"absent", texts_by_name(record.absent)},
                      {"a", to_json(record.sides[kA])},
                      {"b", to_json(record.sides[kB])},
                      {"plan", to_json(record.plan)}};
}

DuelRecord duel_record_from_json(const json::value& value) {
  const JsonIn in(value, "duel.json");
  DuelRecord record;
  record.schema = in.at("schema").small_integer();
  if (record.schema != kDuelSchema) {
    throw BadInput(
        fmt::format("duel.json: schema {} is not the schema {} that this program reads; use the version that wrote it",
                    record.schema, kDuelSchema));
  }
  record.machine_id = in.at("machine_id").text();
  record.label = in.at("label").text();
  record.boot = in.at("boot").text();
  record.status = in.at("status").text();
  record.started_utc = in.at("started_utc").text();
  record.ended_utc = in.at("ended_utc").text();
  record.wall_s = in.at("wall_s").number();
  record.reference_steps = in.at("reference_steps").integer();
  record.reference_median_ns = in.at("reference_median_ns").number();
  record.warnings = in.at("warnings").texts();
  record.machine = facts_from_json(in.at("machine"));
  record.build = facts_from_json(in.at("build"));
  record.absent = texts_by_name(in.at("absent"));
  record.sides = {side_from_json(in.at("a")), side_from_json(in.at("b"))};
  record.plan = plan_from_json(in.at("plan"));
  return record;
}

}  // namespace unitcost
