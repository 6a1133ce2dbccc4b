#include "harness/analyse/machine_facts.hpp"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

namespace unitcost {
namespace {

const boost::json::value* fact_of(const RunRecord& run, const std::string& name) {
  const auto found = run.machine.find(name);
  return found == run.machine.end() || found->second.value.is_null() ? nullptr : &found->second.value;
}

std::string text_of(const RunRecord& run, const std::string& name) {
  const boost::json::value* value = fact_of(run, name);
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
}

}  // namespace

int cpus_of(const RunRecord& run) {
  const boost::json::value* value = fact_of(run, "cpus");
  return value != nullptr && value->is_number() ? std::max(1, value->to_number<int>()) : 1;
}

bool is_guest(const RunRecord& run) { return !text_of(run, "guest").empty(); }

bool is_emulated(const Facts& machine) {
  const auto found = machine.find("emulated");
  return found != machine.end() && found->second.value.is_bool() && found->second.value.get_bool();
}

bool is_emulated(const RunRecord& run) { return is_emulated(run.machine); }

std::string machine_line(const RunRecord& run) {
  std::string machine = run.label.empty() ? text_of(run, "cpu_model") : run.label;
  if (machine.empty()) machine = "machine " + run.machine_id;
  const int cpus = cpus_of(run);
  machine += fmt::format(", {} CPU{}", cpus, cpus == 1 ? "" : "s");
  if (is_guest(run)) machine += fmt::format(", {} guest", text_of(run, "guest"));
  std::vector<std::string> parts{machine};
  if (const std::string kernel = text_of(run, "kernel"); !kernel.empty()) parts.push_back(kernel);
  if (run.started_utc.size() >= 10) parts.push_back(run.started_utc.substr(0, 10));
  std::string line;
  for (const auto& part : parts) line += (line.empty() ? "" : " · ") + part;
  return line;
}

}  // namespace unitcost
