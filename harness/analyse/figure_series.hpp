#pragma once
// The points of one figure.
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <boost/json/array.hpp>

#include "harness/analyse/evidence.hpp"
#include "harness/scenario/scenario.hpp"

namespace unitcost {

struct FigurePoint {
  std::optional<std::uint64_t> x;  ///< nothing for dots, and for axes of words
  std::string text;                ///< the row's name, or the word on the axis
  Estimate estimate;
};

struct FigureSeries {
  std::string label;  ///< of the scenario; with the axes other than x behind it when there are several such series
  std::string name;   ///< the same for people
  std::vector<FigurePoint> points;  ///< never empty; ascending in x
};

/// Series without points are left out: what could not be measured is named elsewhere.
std::vector<FigureSeries> find_series(const Evidence& evidence, const Scenario& scenario, const Figure& figure);

boost::json::array series_json(const std::vector<FigureSeries>& series);

}  // namespace unitcost
