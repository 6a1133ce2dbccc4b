#pragma once
// A session: a run, or a result file of another tool, as comparison sees it: one value a case, and what is known of where it was made.
#include <map>
#include <set>
#include <string>
#include <vector>

#include "harness/compare/claims.hpp"
#include "harness/machine/fact.hpp"

namespace unitcost {

/// One counter of one case in one session.
struct SessionValue {
  std::string counter;  ///< "access_ns"; the unit is in the name
  double value = 0.0;   ///< median of the processes' values
  int processes = 0;    ///< fresh processes behind it
  double spread_ratio =
      0.0;  ///< robust sd of the processes' logarithms (of the repetitions' where there is one process); NaN for one value
};

struct SessionCase {
  std::vector<SessionValue> values;
  std::string problem;  ///< why there is no value, or none that can be trusted; then `values` is empty
  std::string failure;  ///< how a block of it failed, whether others gave a value or not
};

/// Whether the claims of a run's scenarios are judged too: it takes longer than all the rest.
enum class Claims { kLeaveOut, kJudge };

struct Session {
  enum class Source { kRun, kGoogleBenchmark, kPyperf, kHyperfine };
  Source source = Source::kRun;
  std::string name;  ///< last part of its path: never the whole path
  std::string id;    ///< of a run its own; of a file the first 12 hex digits of its SHA-256
  std::string machine_id;
  std::string label;
  std::string started_utc;
  std::string profile;
  double wall_s = 0.0;
  bool emulated = false;
  Facts facts;                        ///< of machine and build
  std::vector<std::string> warnings;  ///< what cannot be concluded from it
  std::map<std::string, SessionCase> cases;
  std::set<std::string> counters;    ///< all that its cases have, when some were asked for
  std::vector<SessionClaim> claims;  ///< of a run, when they were asked for
};

/// "run", "google-benchmark", "pyperf", "hyperfine".
std::string source_text(Session::Source source);

/// "commit" of the build, or nothing.
std::string commit_of(const Session& session);

/// Robust sd of the logarithms: 1.4826 times the median distance from the median. NaN for fewer than two values or one that is not positive.
double spread_of(const std::vector<double>& values);

}  // namespace unitcost
