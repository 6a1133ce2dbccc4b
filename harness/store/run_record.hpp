#pragma once
// run.json: what a run was. With blocks.jsonl beside it, it is all that analysis needs.
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include <boost/json/value.hpp>

#include "harness/machine/fact.hpp"
#include "harness/plan/plan.hpp"
#include "harness/scenario/scenario.hpp"

namespace unitcost {

constexpr int kRunSchema = 1;

struct RunRecord {
  int schema = kRunSchema;
  std::string machine_id;          ///< keyed hash, 12 hex digits
  std::string label;               ///< --label; a public name, else empty
  std::string boot;                ///< keyed hash of the boot id
  std::string status = "running";  ///< running | complete | interrupted
  std::string started_utc;
  std::string ended_utc;
  Facts
      machine;  ///< "cpu_model", "cpus", "caches", "memory_bytes", "kernel", "mitigations", "guest", "emulated", "clock_source", …
  Facts build;  ///< "version", "commit", "dirty", "compiler", "flags", "benchmark", "boost", "python"
  std::map<std::string, std::string> absent;  ///< covariate -> why this machine does not offer it
  double reference_median_ns = 0.0;           ///< round 0's median of the spin reference
  std::int64_t reference_steps = 0;           ///< length of the spin reference, fixed when the run began
  double harness_cpu_s = 0.0;                 ///< of the harness itself, reference spins and held memory apart
  double memory_cpu_s = 0.0;  ///< of holding memory that the host would take back; 0 where nothing is held
  double wall_s = 0.0;        ///< of the run so far, all sittings
  std::vector<std::string>
      warnings;  ///< what a reader of the numbers should know: other load on the CPUs, rounds left out for the budget
  std::map<std::string, std::string>
      programs;  ///< of the plan -> first 12 hex digits of their SHA-256; empty in runs of older versions
  Plan plan;
  std::vector<Scenario> scenarios;  ///< resolved
};

boost::json::value to_json(const RunRecord& run);
/// Throws BadInput; a newer schema is refused with both versions named.
RunRecord run_record_from_json(const boost::json::value& value);
/// The same in two parts, each from an object that need not have the other's members.
RunRecord run_record_beside_scenarios(const boost::json::value& value);
std::vector<Scenario> scenarios_from_json(const boost::json::value& value);

}  // namespace unitcost
