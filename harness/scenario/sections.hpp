#pragma once
// The sections of a scenario file, read one after the other: each may look up what the sections before it said.
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "harness/scenario/document.hpp"
#include "harness/scenario/faults.hpp"
#include "harness/scenario/scenario.hpp"
#include "harness/scenario/table_reader.hpp"

namespace unitcost {

/// Keys of [run] and [run.<label>]; no label may be called like one.
const std::vector<std::string>& run_keys();

struct LabelledPattern {
  std::string label;
  CasePattern pattern;
  int line = 0;
};
std::vector<LabelledPattern> read_cases(const Node& cases, const std::string& own_program, Faults& faults);

/// [axis.x] for every placeholder of `cases` and for nothing else; `axes` may be null (no such table).
std::map<std::string, Axis> read_axes(const Node* axes, const std::vector<LabelledPattern>& cases, Faults& faults);

struct RunSection {
  RunSettings run;
  std::map<std::string, RunSettings> by_label;
};
RunSection read_run(const Node& run, const Scenario& scenario, Faults& faults);

/// `in` is a table that holds the keys of a metric, and `expect` besides when it is a guard's.
Metric read_metric(TableReader& in, const Scenario& scenario, Faults& faults);
Expectation read_expectation(const Node& expect, const std::string& where, Faults& faults);
/// `at` of a metric over the cases of `labels`; none: empty.
At read_at(TableReader& in, const std::vector<std::string>& labels, const Scenario& scenario, Faults& faults);
/// Reports an axis that the scenario does not have.
bool is_known_axis(TableReader& in, std::string_view key, const std::string& axis, const Scenario& scenario);
/// Also of a label that does not exist: that is reported elsewhere.
bool has_axis(const Scenario& scenario, const std::string& label, const std::string& axis);
/// The unit that follows from the kind; empty for a value, which may be anything.
std::string default_unit(Metric::Kind kind);

Claim read_claim(const Node& claim, const Scenario& scenario, Faults& faults);
Figure read_figure(const Node& figure, const Scenario& scenario, Faults& faults);

/// The whole file. `document` came from TOML or JSON; faults are added, not thrown.
Scenario read_scenario(const Node& document, const std::string& id, Faults& faults);

/// Axes of a name in the order in which they stand: "walk/bytes:{bytes}" -> bytes. Ill-formed braces: nothing.
std::optional<std::vector<std::string>> placeholders(std::string_view name);
/// Of a label that exists.
std::vector<std::string> axes_of(const Scenario& scenario, const std::string& label);
std::vector<std::string> axis_names(const Scenario& scenario);

}  // namespace unitcost
