// [cases]: label = "name" or { program = …, name = …, observe = … }.
#include <algorithm>

#include <fmt/format.h>

#include "harness/base/nearest.hpp"
#include "harness/scenario/sections.hpp"
#include "harness/scenario/words.hpp"

namespace unitcost {
namespace {

CasePattern read_pattern(const Entry& entry, const std::string& where, const std::string& own_program, Faults& faults) {
  CasePattern pattern;
  pattern.program = own_program;
  if (entry.value.kind == Node::Kind::kText) {
    pattern.name = entry.value.text;
    return pattern;
  }
  if (entry.value.kind != Node::Kind::kTable) {
    faults.add(entry.line, fmt::format("{}: expected a name or a table, found {}", where, kind_name(entry.value.kind)));
    return pattern;
  }
  TableReader in(entry.value, where, faults);
  if (in.has("program")) {
    pattern.program = in.text("program").value_or(own_program);
    if (!is_program(pattern.program))
      in.fault("program", fmt::format("{} is not a program; write it as \"family/name\"", in_quotes(pattern.program)));
  }
  if (in.require("name")) pattern.name = in.text("name").value_or("");
  if (in.one_of("observe", {"time", "syscalls"}, "time") == "syscalls") pattern.observe = Observe::kSyscalls;
  in.any("program");
  in.finish();
  return pattern;
}

void check_name(const Entry& entry, const std::string& where, const std::string& name, Faults& faults) {
  if (name.empty()) {
    if (entry.value.kind == Node::Kind::kText) faults.add(entry.line, fmt::format("{}: the name is empty", where));
  } else if (!is_case_name(name)) {
    faults.add(entry.line, fmt::format("{}: {} is not a name of a benchmark (letters, digits and _-./:,+=<>)", where,
                                       in_quotes(name)));
  } else if (!placeholders(name)) {
    faults.add(entry.line, fmt::format("{}: {} has braces that are no {{axis}} placeholder", where, in_quotes(name)));
  }
}

}  // namespace

std::optional<std::vector<std::string>> placeholders(std::string_view name) {
  std::vector<std::string> axes;
  while (true) {
    const std::size_t open = name.find_first_of("{}");
    if (open == std::string_view::npos) return axes;
    const std::size_t close = name.find('}', open);
    if (name[open] == '}' || close == std::string_view::npos) return std::nullopt;
    const std::string axis(name.substr(open + 1, close - open - 1));
    if (!is_label(axis)) return std::nullopt;
    if (std::find(axes.begin(), axes.end(), axis) == axes.end()) axes.push_back(axis);
    name.remove_prefix(close + 1);
  }
}

std::vector<std::string> axes_of(const Scenario& scenario, const std::string& label) {
  return placeholders(scenario.cases.at(label).name).value_or(std::vector<std::string>{});
}

std::vector<std::string> axis_names(const Scenario& scenario) {
  std::vector<std::string> names;
  for (const auto& [name, axis] : scenario.axes) names.push_back(name);
  return names;
}

std::vector<LabelledPattern> read_cases(const Node& cases, const std::string& own_program, Faults& faults) {
  const TableReader table(cases, "[cases]", faults);  // reports when it is no table
  std::vector<LabelledPattern> result;
  if (cases.kind == Node::Kind::kTable && cases.entries.empty())
    faults.add(cases.line, "[cases] is empty: a scenario needs a case");
  for (const Entry& entry : cases.entries) {
    const std::string where = fmt::format("case {}", in_quotes(entry.key));
    if (!is_label(entry.key))
      faults.add(entry.line, fmt::format("{}: a label is a letter, then letters, digits and _, all lower case", where));
    if (std::find(run_keys().begin(), run_keys().end(), entry.key) != run_keys().end()) {
      faults.add(entry.line, fmt::format("{}: this word is a key of [run]; choose another label", where));
    }
    LabelledPattern one{entry.key, read_pattern(entry, where, own_program, faults), entry.line};
    check_name(entry, where, one.pattern.name, faults);
    const auto same = std::find_if(result.begin(), result.end(),
                                   [&one](const LabelledPattern& other) { return other.pattern == one.pattern; });
    if (same != result.end() && !one.pattern.name.empty()) {
      faults.add(entry.line,
                 fmt::format("{}: the same case as {} in line {}", where, in_quotes(same->label), same->line));
    }
    result.push_back(std::move(one));
  }
  return result;
}

}  // namespace unitcost
