#pragma once
// Sides of sessions that never ran.
#include <cstddef>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include <boost/json/value.hpp>

#include "harness/compare/gate.hpp"
#include "harness/compare/sources.hpp"

namespace unitcost::testing_support {

/// `values`: case -> one number a session.
inline Side make_side(const std::string& name, const std::map<std::string, std::vector<double>>& values,
                      const std::string& counter = "access_ns") {
  Side side{name, {}};
  for (const auto& [key, numbers] : values) {
    for (std::size_t at = 0; at < numbers.size(); ++at) {
      if (side.sessions.size() <= at) {
        Session session;
        session.name = name + std::to_string(at);
        session.id = session.name;
        session.machine_id = "0123456789ab";
        session.profile = "standard";
        session.wall_s = 600.0;
        session.started_utc = "2026-01-0" + std::to_string(1 + at % 9);
        side.sessions.push_back(session);
      }
      side.sessions[at].cases[key].values.push_back({counter, numbers[at], 10, 0.01});
    }
  }
  return side;
}

inline void set_fact(Side& side, const std::string& name, Fact::Kind kind, const boost::json::value& value) {
  for (Session& session : side.sessions) session.facts[name] = {kind, value, ""};
}

/// A gate on a day that does not pass.
inline GateOptions options_today() {
  GateOptions options;
  options.today = "2026-06-15";
  return options;
}

/// One claim of memory/walk, judged by each session in turn.
inline void set_claim(Side& side, const std::string& name, const std::vector<std::string>& verdicts) {
  for (std::size_t at = 0; at < side.sessions.size(); ++at) {
    Session& session = side.sessions[at];
    session.claims.push_back({name, "memory/walk", verdicts[at], session.name + " says " + verdicts[at]});
  }
}

/// Numbers around `centre` whose logarithms have a standard deviation of about 0.1 %.
inline std::vector<double> around(double centre, int n = 4) {
  constexpr double kSteps[] = {0.0, 0.0012, -0.0012, 0.0006, -0.0006, 0.001, -0.001, 0.0004};
  std::vector<double> values;
  for (int i = 0; i < n; ++i) values.push_back(centre * (1.0 + kSteps[i % 8]));
  return values;
}

}  // namespace unitcost::testing_support
