#include <fmt/format.h>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "harness/base/error.hpp"
#include "harness/base/json.hpp"
#include "harness/plan/labels_json.hpp"
#include "harness/plan/plan.hpp"

namespace unitcost {
namespace {

namespace json = boost::json;

json::object axes_to_json(const std::map<std::string, std::string>& axes) {
  json::object object;
  for (const auto& [name, text] : axes) object[name] = text;
  return object;
}

std::map<std::string, std::string> axes_from_json(const JsonIn& in) {
  std::map<std::string, std::string> axes;
  for (const auto& [name, value] : in.entries()) axes[name] = value.text();
  return axes;
}

Observe observe_from_json(const JsonIn& in) {
  const std::string word = in.text();
  if (word == "time") return Observe::kTime;
  if (word == "syscalls") return Observe::kSyscalls;
  throw BadInput(fmt::format("{}: '{}' is none of time, syscalls", in.path(), word));
}

}  // namespace

json::value to_json(const PlannedCase& planned) {
  return json::object{{"key", planned.key},
                      {"program", planned.program},
                      {"name", planned.name},
                      {"observe", planned.observe == Observe::kSyscalls ? "syscalls" : "time"},
                      {"axes", axes_to_json(planned.axes)},
                      {"cpus", planned.cpus},
                      {"timeout_s", planned.timeout_s},
                      {"sample_ms", planned.sample_ms},
                      {"samples", planned.samples},
                      {"rounds", planned.rounds},
                      {"slow", planned.slow},
                      {"memory_bytes", planned.memory_bytes},
                      {"iterations", planned.iterations},
                      {"expected_s", planned.expected_s},
                      {"dropped", planned.dropped}};
}

PlannedCase planned_case_from_json(const JsonIn& in) {
  PlannedCase planned;
  planned.key = in.at("key").text();
  planned.program = in.at("program").text();
  planned.name = in.at("name").text();
  planned.observe = observe_from_json(in.at("observe"));
  planned.axes = axes_from_json(in.at("axes"));
  planned.cpus = in.at("cpus").text();
  planned.timeout_s = in.at("timeout_s").small_integer();
  planned.sample_ms = in.at("sample_ms").small_integer();
  planned.samples = in.at("samples").small_integer();
  planned.rounds = in.at("rounds").small_integer();
  planned.slow = in.at("slow").boolean();
  planned.memory_bytes = in.at("memory_bytes").count();
  planned.iterations = in.at("iterations").integer();
  planned.expected_s = in.at("expected_s").number();
  planned.dropped = in.at("dropped").text();
  return planned;
}

json::value to_json(const Plan& plan) {
  json::array cases;
  for (const PlannedCase& planned : plan.cases) cases.push_back(to_json(planned));
  json::array labels;
  for (const LabelledCase& label : plan.labels) {
    labels.push_back(json::object{
        {"scenario", label.scenario}, {"label", label.label}, {"key", label.key}, {"axes", axes_to_json(label.axes)}});
  }
  return json::object{{"seed", plan.seed},          {"profile", plan.profile},
                      {"preview", plan.preview},    {"only", json::array(plan.only.begin(), plan.only.end())},
                      {"rounds", plan.rounds},      {"repeat_s", plan.repeat_s},
                      {"frozen", plan.frozen},      {"cases", std::move(cases)},
                      {"labels", std::move(labels)}};
}

Plan plan_from_json(const json::value& value) {
  const JsonIn in(value, "plan");
  Plan plan;
  plan.seed = in.at("seed").count();
  plan.profile = in.at("profile").text();
  plan.preview = in.at("preview").boolean();
  plan.only = in.at("only").texts();
  plan.rounds = in.at("rounds").small_integer();
  if (const auto repeat_s = in.find("repeat_s")) plan.repeat_s = repeat_s->number();  // younger than the first runs
  plan.frozen = in.at("frozen").boolean();
  for (const JsonIn& item : in.at("cases").items()) plan.cases.push_back(planned_case_from_json(item));
  plan.labels = labels_from_json(in.at("labels"));
  return plan;
}

std::vector<LabelledCase> labels_from_json(const JsonIn& in) {
  std::vector<LabelledCase> labels;
  for (const JsonIn& item : in.items()) {
    labels.push_back(
        {item.at("scenario").text(), item.at("label").text(), item.at("key").text(), axes_from_json(item.at("axes"))});
  }
  return labels;
}

}  // namespace unitcost
