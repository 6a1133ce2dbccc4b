// What a claim is about: exactly one kind of metric, with the keys that go with it.
#include <algorithm>

#include <fmt/format.h>

#include "harness/base/nearest.hpp"
#include "harness/scenario/expand.hpp"
#include "harness/scenario/sections.hpp"
#include "harness/scenario/words.hpp"

namespace unitcost {
namespace {

struct KindRow {
  Metric::Kind kind;
  std::string key;                // names the kind
  std::vector<std::string> keys;  // that go with it, `counter` apart
};

const std::vector<KindRow>& kinds() {
  static const std::vector<KindRow> kRows{
      {Metric::Kind::kValue, "value", {"at", "scale"}},
      {Metric::Kind::kRatio, "ratio", {"at", "scale"}},
      {Metric::Kind::kDifference, "difference", {"divided_by"}},
      {Metric::Kind::kLevel, "level", {"curve", "over"}},
      {Metric::Kind::kCliff, "cliff", {"curve", "over"}},
      {Metric::Kind::kMonotone, "monotone", {"curve", "over"}},
      {Metric::Kind::kInverseFit, "inverse_fit", {"over"}},
      {Metric::Kind::kLinearity, "linearity", {"over", "from"}},
  };
  return kRows;
}

const std::vector<std::string>& level_names() {
  static const std::vector<std::string> kNames{"l1", "l2", "last-cache", "memory"};
  return kNames;
}

std::vector<std::string> kind_keys() {
  std::vector<std::string> keys;
  for (const KindRow& row : kinds()) keys.push_back(row.key);
  return keys;
}

/// The one kind that is named, or null after a fault.
const KindRow* find_kind(TableReader& in) {
  std::vector<std::string> named;
  const KindRow* found = nullptr;
  for (const KindRow& row : kinds()) {
    if (in.any(row.key) == nullptr) continue;
    named.push_back(row.key);
    found = &row;
  }
  if (named.size() == 1) return found;
  if (named.empty()) {
    in.fault_here(fmt::format("no kind; a metric has one of {}", fmt::join(kind_keys(), ", ")));
  } else {
    in.fault_here(fmt::format("more than one kind: {}; a metric has one", fmt::join(named, " and ")));
  }
  return nullptr;
}

void check_label(TableReader& in, std::string_view key, const std::string& label, const Scenario& scenario) {
  if (scenario.cases.contains(label)) return;
  in.fault(key,
           fmt::format("unknown case label {}{}", in_quotes(label), did_you_mean_or_known(label, scenario.case_order)));
}

std::string one_label(TableReader& in, std::string_view key, const Scenario& scenario) {
  const std::optional<std::string> label = in.text(key);
  if (!label) return {};
  check_label(in, key, *label, scenario);
  return *label;
}

std::vector<std::string> two_labels(TableReader& in, const std::string& key, const Scenario& scenario) {
  std::vector<std::string> labels = in.texts(key);
  if (labels.size() != 2) {
    in.fault(key, fmt::format("expected two case labels, found {}", labels.size()));
    return labels;
  }
  for (const std::string& label : labels) check_label(in, key, label, scenario);
  if (labels[0] == labels[1]) in.fault(key, fmt::format("both labels are {}", in_quotes(labels[0])));
  return labels;
}

std::vector<std::string> read_levels(TableReader& in) {
  std::vector<std::string> levels = in.texts("monotone");
  if (levels.size() < 2) in.fault("monotone", "needs at least two levels");
  const std::vector<std::string>& names = level_names();
  auto last = names.begin();
  for (const std::string& level : levels) {
    const auto found = std::find(names.begin(), names.end(), level);
    if (found == names.end()) {
      in.fault("monotone", fmt::format("{} is not one of {}{}", in_quotes(level), fmt::join(names, ", "),
                                       did_you_mean(level, names)));
    } else if (found < last || (found == last && &level != levels.data())) {
      in.fault("monotone", fmt::format("{} stands twice or out of order", in_quotes(level)));
    } else {
      last = found;
    }
  }
  return levels;
}

/// `over`: the one axis of the metric's curve, and a number.
std::string read_over(TableReader& in, const std::string& label, const Scenario& scenario) {
  if (!in.require("over")) return {};
  std::string axis = in.text("over").value_or("");
  if (axis.empty() || !is_known_axis(in, "over", axis, scenario)) return axis;
  if (scenario.axes.at(axis).kind == Axis::Kind::kWords)
    in.fault("over", fmt::format("the values of axis {} are words", in_quotes(axis)));
  if (!scenario.cases.contains(label)) return axis;
  if (!has_axis(scenario, label, axis))
    in.fault("over", fmt::format("case {} has no axis {}", in_quotes(label), in_quotes(axis)));
  for (const std::string& other : axes_of(scenario, label)) {
    if (other != axis)
      in.fault("over",
               fmt::format("case {} also varies in {}, which nothing fixes", in_quotes(label), in_quotes(other)));
  }
  return axis;
}

/// Every axis of the metric's cases is fixed, and nothing else is.
void check_all_fixed(TableReader& in, const Metric& metric, const Scenario& scenario) {
  for (const std::string& label : metric.cases) {
    if (!scenario.cases.contains(label)) continue;
    for (const std::string& axis : axes_of(scenario, label)) {
      if (metric.at.contains(axis)) continue;
      in.fault(
          metric.kind == Metric::Kind::kDifference ? "difference" : "at",
          fmt::format("case {} varies in {}, which nothing fixes{}", in_quotes(label), in_quotes(axis),
                      metric.kind == Metric::Kind::kDifference ? "" : fmt::format("; add at = {{ {} = … }}", axis)));
    }
  }
}

std::string read_counter(TableReader& in, const std::vector<std::string>& labels, const Scenario& scenario) {
  if (!in.require("counter")) return {};
  std::string counter = in.text("counter").value_or("");
  if (counter.empty()) return counter;
  if (!is_counter(counter))
    in.fault("counter", fmt::format("{} is not a counter; write it as \"access_ns\"", in_quotes(counter)));
  const bool counts_calls = counter == "syscalls" || counter.starts_with("syscalls.");
  for (const std::string& label : labels) {
    const auto found = scenario.cases.find(label);
    if (found == scenario.cases.end() || found->second.observe != Observe::kSyscalls || counts_calls) continue;
    in.fault("counter",
             fmt::format("case {} observes syscalls: its counters are syscalls and syscalls.<name>", in_quotes(label)));
  }
  return counter;
}

void read_kind(TableReader& in, const KindRow& row, Metric& metric, const Scenario& scenario) {
  switch (row.kind) {
    case Metric::Kind::kValue:
    case Metric::Kind::kInverseFit:
    case Metric::Kind::kLinearity:
      metric.cases = {one_label(in, row.key, scenario)};
      break;
    case Metric::Kind::kRatio:
    case Metric::Kind::kDifference:
      metric.cases = two_labels(in, row.key, scenario);
      break;
    case Metric::Kind::kLevel:
      metric.levels = {in.one_of("level", level_names(), "l1")};
      break;
    case Metric::Kind::kCliff:
      metric.which = in.one_of("cliff", {"first", "second", "last"}, "first");
      break;
    case Metric::Kind::kMonotone:
      metric.levels = read_levels(in);
      break;
  }
}

}  // namespace

std::string default_unit(Metric::Kind kind) {
  switch (kind) {
    case Metric::Kind::kValue:
      return {};
    case Metric::Kind::kDifference:
      return "count";
    case Metric::Kind::kLevel:
      return "ns";
    case Metric::Kind::kCliff:
      return "bytes";
    case Metric::Kind::kRatio:
    case Metric::Kind::kMonotone:
    case Metric::Kind::kInverseFit:
    case Metric::Kind::kLinearity:
      return "ratio";
  }
  return {};
}

Metric read_metric(TableReader& in, const Scenario& scenario, Faults& faults) {
  Metric metric;
  const KindRow* row = find_kind(in);
  if (row == nullptr) {
    for (const KindRow& any : kinds()) {
      for (const std::string& key : any.keys) in.any(key);
    }
    in.any("counter");
    return metric;
  }
  metric.kind = row->kind;
  const auto takes = [row](const char* key) {
    return std::find(row->keys.begin(), row->keys.end(), key) != row->keys.end();
  };
  read_kind(in, *row, metric, scenario);
  if (takes("curve") && in.require("curve")) metric.cases = {one_label(in, "curve", scenario)};
  if (takes("over")) metric.axis = read_over(in, metric.cases.empty() ? "" : metric.cases[0], scenario);
  if (takes("at")) metric.at = read_at(in, metric.cases, scenario, faults);
  if (takes("scale")) metric.scale = in.number("scale").value_or(1.0);
  if (metric.scale <= 0.0) in.fault("scale", fmt::format("{} is not above 0", metric.scale));
  if (takes("divided_by")) metric.divided_by = in.number("divided_by").value_or(1.0);
  if (metric.divided_by <= 0.0) in.fault("divided_by", fmt::format("{} is not above 0", metric.divided_by));
  if (takes("from")) metric.from = in.size("from").value_or(0);
  metric.counter = read_counter(in, metric.cases, scenario);
  if (!takes("over")) check_all_fixed(in, metric, scenario);
  for (const KindRow& other : kinds()) {
    for (const std::string& key : other.keys) {
      if (takes(key.c_str()) || in.knows(key) || in.any(key) == nullptr) continue;
      in.fault(key, fmt::format("does not go with {}", in_quotes(row->key)));
    }
  }
  return metric;
}

}  // namespace unitcost
