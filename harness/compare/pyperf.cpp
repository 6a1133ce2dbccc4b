// JSON of pyperf (-o FILE). A run of pyperf is a fresh process.
#include <algorithm>

#include <fmt/format.h>
#include <boost/json/serialize.hpp>

#include "harness/base/error.hpp"
#include "harness/compare/foreign.hpp"
#include "harness/stats/order_statistics.hpp"

namespace unitcost {
namespace {

/// "1.0" since pyperf 1.0; 6 differs in the warm-ups alone, which are not read.
void check_version(const JsonIn& version) {
  const boost::json::value& value = version.value();
  if (value.is_string() && value.get_string() == "1.0") return;
  if (value.is_int64() && value.get_int64() == 6) return;
  const std::string found = value.is_string() ? version.text() : boost::json::serialize(value);
  throw BadInput(
      fmt::format("{}: version {} is not the version 1.0 (or 6) that this program reads; convert it with pyperf",
                  version.path(), found));
}

/// A metadata entry of the benchmark, else of its first run, else of the file.
std::string metadata_text(const std::vector<JsonIn>& places, const std::string& key) {
  for (const JsonIn& place : places) {
    const auto found = place.find(key);
    if (found && found->value().is_string()) return found->text();
  }
  return "";
}

std::vector<JsonIn> metadata_of(const JsonIn& root, const JsonIn& benchmark, const std::vector<JsonIn>& runs) {
  std::vector<JsonIn> places;
  if (const auto own = benchmark.find("metadata")) places.push_back(*own);
  if (!runs.empty()) {
    if (const auto first = runs.front().find("metadata")) places.push_back(*first);
  }
  if (const auto common = root.find("metadata")) places.push_back(*common);
  return places;
}

struct Unit {
  const char* counter;
  double factor;
};

Unit unit_of(const std::string& name, const std::string& where) {
  if (name.empty() || name == "second") return {"real_ns", 1e9};
  if (name == "byte") return {"value_bytes", 1.0};
  if (name == "integer") return {"value", 1.0};
  throw BadInput(fmt::format("{}: the unit '{}' is none of second, byte, integer", where, name));
}

SessionCase case_of(const std::vector<JsonIn>& runs, const Unit& unit, const std::vector<std::string>& counters) {
  SessionCase result;
  std::vector<double> processes;
  for (const JsonIn& run : runs) {
    const auto values = run.find("values");
    if (!values) continue;  // it calibrated
    std::vector<double> numbers;
    for (const JsonIn& value : values->items()) numbers.push_back(unit.factor * finite_number(value, result));
    if (!numbers.empty()) processes.push_back(median(numbers));
  }
  if (result.problem.empty() && processes.empty()) result.problem = "has calibration runs only";
  if (result.problem.empty() && !is_wanted(counters, unit.counter))
    result.problem = fmt::format("has no counter but {}", unit.counter);
  if (result.problem.empty()) {
    result.values.push_back(
        {unit.counter, median(processes), static_cast<int>(processes.size()), spread_of(processes)});
  }
  return result;
}

void read_facts(const JsonIn& metadata, Session& session) {
  copy_fact(metadata, "cpu_model_name", session, "cpu_model", Fact::Kind::kIdentity);
  copy_fact(metadata, "cpu_count", session, "cpus", Fact::Kind::kIdentity);
  copy_fact(metadata, "platform", session, "kernel", Fact::Kind::kSetUp);
  copy_fact(metadata, "aslr", session, "aslr", Fact::Kind::kSetUp);
  copy_fact(metadata, "python_version", session, "python", Fact::Kind::kSetUp);
  copy_fact(metadata, "python_implementation", session, "python_implementation", Fact::Kind::kSetUp);
  copy_fact(metadata, "python_compiler", session, "compiler", Fact::Kind::kSetUp);
  copy_fact(metadata, "python_cflags", session, "flags", Fact::Kind::kSetUp);
  copy_fact(metadata, "load_avg_1min", session, "load_1min", Fact::Kind::kMoving);
  copy_fact(metadata, "cpu_freq", session, "frequency", Fact::Kind::kMoving);
}

}  // namespace

void read_pyperf(const JsonIn& root, const std::vector<std::string>& counters, Session& session) {
  session.source = Session::Source::kPyperf;
  check_version(root.at("version"));
  int least_processes = 0;
  for (const JsonIn& benchmark : root.at("benchmarks").items()) {
    const std::vector<JsonIn> runs = benchmark.at("runs").items();
    const std::vector<JsonIn> metadata = metadata_of(root, benchmark, runs);
    const std::string name = metadata_text(metadata, "name");
    if (name.empty()) throw BadInput(fmt::format("{}: the benchmark has no name", benchmark.path()));
    if (session.started_utc.empty()) session.started_utc = metadata_text(metadata, "date");
    const bool is_new = !session.cases.contains(name);
    SessionCase& into = session.cases[name];
    const Unit unit = unit_of(metadata_text(metadata, "unit"), benchmark.path());
    into = is_new ? case_of(runs, unit, counters) : SessionCase{{}, kTwice, {}};
    if (!counters.empty()) session.counters.insert(unit.counter);
    if (into.values.empty()) continue;
    const int processes = into.values.front().processes;
    least_processes = least_processes == 0 ? processes : std::min(least_processes, processes);
  }
  if (const auto metadata = root.find("metadata")) read_facts(*metadata, session);
  session.warnings.emplace_back(
      "one session: its processes ran one after another, so what changes a machine from hour to hour is not in their "
      "spread");
  if (least_processes == 1)
    session.warnings.emplace_back("a benchmark in it was run in a single process: its values are not independent");
}

}  // namespace unitcost
