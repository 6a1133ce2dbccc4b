// [[figure]]: what is drawn of the scenario's cases.
#include <algorithm>

#include <fmt/format.h>

#include "harness/base/nearest.hpp"
#include "harness/scenario/sections.hpp"
#include "harness/scenario/words.hpp"

namespace unitcost {
namespace {

bool contains(const std::vector<std::string>& words, const std::string& word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

void check_labels(TableReader& in, std::string_view key, const std::vector<std::string>& labels,
                  const Scenario& scenario) {
  for (const std::string& label : labels) {
    if (!scenario.cases.contains(label)) {
      in.fault(key, fmt::format("unknown case label {}{}", in_quotes(label),
                                did_you_mean_or_known(label, scenario.case_order)));
    }
  }
}

void check_x(TableReader& in, const Figure& figure, const Scenario& scenario) {
  if (figure.x.empty()) {
    if (figure.kind == "curve") in.require("x");
    return;
  }
  const auto axis = scenario.axes.find(figure.x);
  if (axis == scenario.axes.end()) {
    in.fault("x", fmt::format("unknown axis {}{}", in_quotes(figure.x),
                              did_you_mean_or_known(figure.x, axis_names(scenario))));
    return;
  }
  if (figure.kind == "curve" && axis->second.kind == Axis::Kind::kWords) {
    in.fault("x", fmt::format("the values of axis {} are words; draw them as dots", in_quotes(figure.x)));
  }
  for (const std::string& label : figure.cases) {
    if (scenario.cases.contains(label) && !contains(axes_of(scenario, label), figure.x)) {
      in.fault("x", fmt::format("case {} has no axis {}", in_quotes(label), in_quotes(figure.x)));
    }
  }
}

void check_claims(TableReader& in, const std::vector<std::string>& ids, const Scenario& scenario) {
  std::vector<std::string> known;
  for (const Claim& claim : scenario.claims) known.push_back(claim.id);
  for (const std::string& id : ids) {
    if (!contains(known, id))
      in.fault("claims",
               fmt::format("no claim {} in this scenario{}", in_quotes(id), did_you_mean_or_known(id, known)));
  }
}

}  // namespace

Figure read_figure(const Node& node, const Scenario& scenario, Faults& faults) {
  Figure figure;
  figure.line = node.line;
  TableReader in(node, "[[figure]]", faults);
  if (in.require("kind")) figure.kind = in.one_of("kind", {"ladder", "curve", "dots", "table"}, "table");
  if (in.require("title")) figure.title = in.people_text("title");
  figure.cases = in.texts("cases");
  check_labels(in, "cases", figure.cases, scenario);
  figure.x = in.text("x").value_or("");
  check_x(in, figure, scenario);
  if (in.require("y")) figure.y = in.text("y").value_or("");
  if (!figure.y.empty() && !is_counter(figure.y))
    in.fault("y", fmt::format("{} is not a counter; write it as \"access_ns\"", in_quotes(figure.y)));
  figure.scale = in.one_of("scale", {"linear", "log-x", "log-y", "log-log"}, "linear");
  figure.relative_to = in.text("relative_to").value_or("");
  if (!figure.relative_to.empty()) check_labels(in, "relative_to", {figure.relative_to}, scenario);
  figure.inverse = in.flag("inverse").value_or(false);
  if (figure.inverse && figure.relative_to.empty()) in.fault("inverse", "needs 'relative_to'");
  figure.minus = in.text("minus").value_or("");
  if (!figure.minus.empty()) check_labels(in, "minus", {figure.minus}, scenario);
  if (!figure.minus.empty() && !figure.relative_to.empty())
    in.fault("minus", "is not given together with 'relative_to'");
  figure.cliffs = in.flag("cliffs").value_or(false);
  const auto x = scenario.axes.find(figure.x);
  if (figure.cliffs && (x == scenario.axes.end() || x->second.kind != Axis::Kind::kSizes))
    in.fault("cliffs", "needs an axis of sizes as 'x'");
  figure.claims = in.texts("claims");
  check_claims(in, figure.claims, scenario);
  in.finish();
  return figure;
}

}  // namespace unitcost
