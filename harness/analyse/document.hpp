#pragma once
// Small pieces of analysis.json that several of its parts share.
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include "harness/scenario/scenario.hpp"
#include "harness/stats/estimate.hpp"

namespace unitcost {

/// Null for NaN and infinity. A whole number stays one ("1048576", not "1.04858e+06").
boost::json::value number_json(double value);
/// [low, high], or null when either is unknown.
boost::json::value interval_json(double low, double high);
boost::json::value text_json(const Text& text);
boost::json::array texts_json(const std::vector<std::string>& texts);
boost::json::object axes_json(const std::map<std::string, std::string>& axes);

/// What stands at the foot of every figure: unit and direction, blocks, interval method, machine.
struct FootFacts {
  std::string subject;  ///< "ns per access, lower is better"; may be empty
  int least_n = 0;      ///< blocks a point; 0: no points
  int most_n = 0;
  double coverage = 1.0;  ///< least of the points'

  void count(const Estimate& estimate);
};
std::string foot_text(const FootFacts& facts, bool preview, const std::string& machine_line);

}  // namespace unitcost
