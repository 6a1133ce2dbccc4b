#include "harness/analyse/figures.hpp"

#include <algorithm>
#include <optional>
#include <string>

#include <fmt/format.h>

#include "harness/analyse/axis_value.hpp"
#include "harness/analyse/document.hpp"
#include "harness/analyse/figure_marks.hpp"
#include "harness/analyse/figure_series.hpp"
#include "harness/analyse/machine_facts.hpp"
#include "harness/analyse/wording.hpp"

namespace unitcost {
namespace {

std::string x_title(const Scenario& scenario, const std::string& axis) {
  const bool is_memory = scenario.id.starts_with("memory/") && axis.ends_with("bytes");  // a stride is a size too
  if (is_memory) return "working set";
  if (axis == "bytes") return "size";
  std::string title = spaced(axis);
  if (title.ends_with(" bytes")) title.resize(title.size() - std::string(" bytes").size());
  return title;
}

boost::json::value x_json(const Scenario& scenario, const Figure& figure) {
  if (figure.x.empty()) return nullptr;
  const bool is_log = figure.scale == "log-log" || figure.scale == "log-x";
  return boost::json::object{{"name", figure.x},
                             {"title", x_title(scenario, figure.x)},
                             {"unit", is_size_axis(&scenario, figure.x) ? "bytes" : ""},
                             {"scale", is_log ? "log" : "linear"}};
}

struct YAxis {
  std::string title;
  std::string unit;
  std::optional<bool> lower_is_better;
};

YAxis y_axis(const Figure& figure) {
  const std::optional<bool> lower = lower_is_better(figure.y);
  if (!figure.minus.empty())
    return {title_of_counter(figure.y) + " above " + spaced(figure.minus), unit_of_counter(figure.y), lower};
  if (figure.relative_to.empty()) return {title_of_counter(figure.y), unit_of_counter(figure.y), lower};
  const std::string reference = spaced(figure.relative_to);
  // The reciprocal of a cost is a speed-up.
  const bool is_cost = lower.value_or(false);
  if (figure.inverse)
    return {is_cost ? "speed-up over " + reference : reference + " over this", "ratio",
            is_cost ? std::optional<bool>(false) : std::nullopt};
  return {title_of_counter(figure.y) + " relative to " + reference, "ratio", lower};
}

boost::json::object figure_json(const Evidence& evidence, Curves& curves, const Scenario& scenario,
                                const Figure& figure, std::size_t number, const std::vector<FigureSeries>& series) {
  const YAxis y = y_axis(figure);
  // Rows lie on their side: the values of dots are read along x, so any log scale is theirs.
  const bool is_log_y =
      figure.scale == "log-log" || figure.scale == "log-y" || (figure.kind == "dots" && figure.scale == "log-x");
  FootFacts facts;
  facts.subject = y.title;
  if (!y.unit.empty()) facts.subject += fmt::format(" in {}", y.unit == "ratio" ? "×" : y.unit);
  if (y.lower_is_better) facts.subject += *y.lower_is_better ? ", lower is better" : ", higher is better";
  for (const auto& one : series) {
    for (const auto& point : one.points) facts.count(point.estimate);
  }
  std::string id = scenario.id;
  std::ranges::replace(id, '/', '-');
  boost::json::object json;
  json["id"] = fmt::format("{}-{}", id, number);
  json["scenario"] = scenario.id;
  json["kind"] = figure.kind;
  json["title"] = text_json(figure.title);
  json["question"] = text_json(scenario.question);
  json["why"] = text_json(scenario.why);
  json["reading"] = text_json(scenario.reading);
  json["x"] = x_json(scenario, figure);
  json["y"] = boost::json::object{
      {"name", figure.y},
      {"title", y.title},
      {"unit", y.unit},
      {"scale", is_log_y ? "log" : "linear"},
      {"lower_is_better", y.lower_is_better ? boost::json::value(*y.lower_is_better) : boost::json::value(nullptr)}};
  json["series"] = series_json(series);
  json["bands"] = bands_json(evidence.run(), figure);
  json["marks"] = marks_json(evidence.run(), scenario, figure, curves);
  json["foot"] = foot_text(facts, evidence.run().plan.preview, machine_line(evidence.run()));
  return json;
}

}  // namespace

boost::json::array figures_json(const Evidence& evidence, Curves& curves) {
  boost::json::array figures;
  for (const auto& scenario : evidence.run().scenarios) {
    std::size_t number = 0;
    for (const auto& figure : scenario.figures) {
      ++number;
      const auto series = find_series(evidence, scenario, figure);
      if (!series.empty()) figures.push_back(figure_json(evidence, curves, scenario, figure, number, series));
    }
  }
  return figures;
}

}  // namespace unitcost
