#pragma once
// What will run: every case with its parameters, in an order that follows from the seed.
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include <boost/json/value.hpp>

#include "harness/base/json.hpp"
#include "harness/scenario/scenario.hpp"

namespace unitcost {

struct PlannedCase {
  std::string key;      ///< as Block::case_key
  std::string program;  ///< "memory/access_order"
  std::string name;     ///< Google Benchmark name
  Observe observe = Observe::kTime;
  std::map<std::string, std::string> axes;  ///< placeholder -> text in the name
  std::string cpus = "one";
  int timeout_s = 60;
  int sample_ms = 5;
  int samples = 5;  ///< k
  int rounds = 10;  ///< counted rounds; fewer than the plan's for slow cases, spread over the run
  bool slow = false;
  std::uint64_t memory_bytes = 0;  ///< estimate of the peak, parent and child
  std::int64_t iterations = 0;     ///< 0 until round 0 fixed it
  double expected_s = 0.0;         ///< wall time of a block as round 0 saw it
  std::string
      dropped;  ///< why it does not run after round 0: this machine cannot measure it, or "failed: …"; empty: it runs
};

/// Where a label of a scenario points: {scenario, label} -> case keys in the order of the axis.
struct LabelledCase {
  std::string scenario;
  std::string label;
  std::string key;
  std::map<std::string, std::string> axes;
};

struct Plan {
  std::uint64_t seed = 1;
  std::string profile;
  bool preview = false;
  std::vector<std::string> only;  ///< prefixes that the run was asked for; empty: all
  int rounds = 0;                 ///< counted
  double repeat_s = 0.0;          ///< time set aside for repeating contaminated blocks, fixed when the plan is frozen
  bool frozen = false;            ///< round 0 is done; nothing changes any more
  std::vector<PlannedCase> cases;
  std::vector<LabelledCase> labels;
};

boost::json::value to_json(const PlannedCase& planned);
PlannedCase planned_case_from_json(const JsonIn& in);
boost::json::value to_json(const Plan& plan);
Plan plan_from_json(const boost::json::value& value);

}  // namespace unitcost
