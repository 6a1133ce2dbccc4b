#include "harness/analyse/figure_series.hpp"

#include <algorithm>
#include <map>

#include "harness/analyse/axis_value.hpp"
#include "harness/analyse/document.hpp"
#include "harness/analyse/wording.hpp"

namespace unitcost {
namespace {

/// The case of the reference that stands beside `labelled`: the one that agrees in every axis both have.
const CaseEvidence* reference_of(const Evidence& evidence, const std::string& scenario, const std::string& label,
                                 const LabelledCase& labelled) {
  for (const LabelledCase* candidate : evidence.labelled(scenario, label)) {
    const bool agrees = std::ranges::all_of(candidate->axes, [&](const auto& axis) {
      const auto own = labelled.axes.find(axis.first);
      return own == labelled.axes.end() || own->second == axis.second;
    });
    if (agrees) return evidence.find(candidate->key);
  }
  return nullptr;
}

Estimate estimate_point(const Evidence& evidence, const std::string& scenario, const Figure& figure,
                        const LabelledCase& labelled) {
  const CaseEvidence* own = evidence.find(labelled.key);
  if (own == nullptr) return {};
  const std::string& label = figure.relative_to.empty() ? figure.minus : figure.relative_to;
  if (label.empty()) return own->estimate(figure.y);
  const CaseEvidence* reference = reference_of(evidence, scenario, label, labelled);
  if (reference == nullptr) return {};
  const auto values = own->values(figure.y);
  const auto reference_values = reference->values(figure.y);
  if (!figure.minus.empty()) return estimate_difference(values, reference_values);
  return figure.inverse ? estimate_ratio(reference_values, values) : estimate_ratio(values, reference_values);
}

/// Everything but x tells series apart; for dots everything names the row.
std::map<std::string, std::string> other_axes(const LabelledCase& labelled, const std::string& x) {
  auto axes = labelled.axes;
  axes.erase(x);
  return axes;
}

FigurePoint make_point(const Scenario& scenario, const Figure& figure, const LabelledCase& labelled,
                       const Estimate& estimate) {
  FigurePoint point;
  point.estimate = estimate;
  const auto x = labelled.axes.find(figure.x);
  if (figure.x.empty() || x == labelled.axes.end()) {
    point.text = spaced(labelled.label);
    const std::string place = axis_values_text(&scenario, labelled.axes);
    if (!place.empty()) point.text += ", " + place;
  } else {
    point.x = axis_number(x->second);
    if (!point.x) point.text = spaced(x->second);
  }
  return point;
}

void add_series(std::vector<FigureSeries>& all, const Evidence& evidence, const Scenario& scenario,
                const Figure& figure, const std::string& label) {
  std::vector<FigureSeries> own;
  for (const LabelledCase* labelled : evidence.labelled(scenario.id, label)) {
    const Estimate estimate = estimate_point(evidence, scenario.id, figure, *labelled);
    if (estimate.n == 0) continue;
    const auto others = figure.x.empty() ? std::map<std::string, std::string>{} : other_axes(*labelled, figure.x);
    std::string series_label = label;
    for (const auto& [axis, value] : others) series_label += "/" + axis + ":" + value;
    auto series = std::ranges::find(own, series_label, &FigureSeries::label);
    if (series == own.end()) {
      std::string name = spaced(label);
      if (!others.empty()) name += ", " + axis_values_text(&scenario, others);
      own.push_back({series_label, name, {}});
      series = own.end() - 1;
    }
    series->points.push_back(make_point(scenario, figure, *labelled, estimate));
  }
  for (auto& series : own) {
    std::ranges::stable_sort(series.points, {}, [](const FigurePoint& point) { return point.x.value_or(0); });
    all.push_back(std::move(series));
  }
}

}  // namespace

std::vector<FigureSeries> find_series(const Evidence& evidence, const Scenario& scenario, const Figure& figure) {
  std::vector<FigureSeries> series;
  for (const auto& label : figure.cases.empty() ? scenario.case_order : figure.cases)
    add_series(series, evidence, scenario, figure, label);
  return series;
}

boost::json::array series_json(const std::vector<FigureSeries>& series) {
  boost::json::array array;
  for (const auto& one : series) {
    boost::json::array points;
    for (const auto& point : one.points) {
      points.push_back(boost::json::object{{"x", point.x ? boost::json::value(*point.x) : boost::json::value(nullptr)},
                                           {"text", point.text},
                                           {"y", number_json(point.estimate.value)},
                                           {"low", number_json(point.estimate.low)},
                                           {"high", number_json(point.estimate.high)},
                                           {"n", point.estimate.n}});
    }
    array.push_back(boost::json::object{{"label", one.label}, {"name", one.name}, {"points", std::move(points)}});
  }
  return array;
}

}  // namespace unitcost
