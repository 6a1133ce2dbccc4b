// The whole file, section by section, in the order in which they need each other.
#include <algorithm>

#include <fmt/format.h>

#include "harness/scenario/parse.hpp"
#include "harness/scenario/sections.hpp"

namespace unitcost {
namespace {

constexpr int kSchema = 1;

/// [[claim]] or [[figure]] as a list of tables.
std::vector<const Node*> tables_of(TableReader& in, std::string_view key) {
  const Node* list = in.any(key);
  std::vector<const Node*> result;
  if (list == nullptr) return result;
  if (list->kind != Node::Kind::kList) {
    in.fault(key, fmt::format("expected [[{}]], with two brackets", key));
    return result;
  }
  for (const Node& item : list->items) result.push_back(&item);
  return result;
}

void read_schema(TableReader& in) {
  if (!in.require("schema")) return;
  const std::optional<std::int64_t> schema = in.integer("schema", 1, 1'000'000);
  if (schema && *schema != kSchema) {
    in.fault("schema",
             fmt::format("this program reads schema {}, the file has {}; use a newer version", kSchema, *schema));
  }
}

void refuse_twins(const std::vector<Claim>& claims, Faults& faults) {
  for (std::size_t i = 0; i < claims.size(); ++i) {
    const auto twin =
        std::find_if(claims.begin(), claims.begin() + static_cast<std::ptrdiff_t>(i), [&](const Claim& other) {
          return !other.id.empty() && other.id == claims[i].id && other.variant == claims[i].variant;
        });
    if (twin == claims.begin() + static_cast<std::ptrdiff_t>(i)) continue;
    faults.add(claims[i].line,
               claims[i].variant.empty()
                   ? fmt::format("claim {} stands twice, first in line {}; tell them apart by 'variant'",
                                 in_quotes(twin->id), twin->line)
                   : fmt::format("claim {} variant {} stands twice, first in line {}", in_quotes(twin->id),
                                 in_quotes(twin->variant), twin->line));
  }
}

}  // namespace

Scenario read_scenario(const Node& document, const std::string& id, Faults& faults) {
  Scenario scenario;
  scenario.id = id;
  TableReader in(document, "the file", faults);
  read_schema(in);
  if (in.require("question")) scenario.question = in.people_text("question");
  if (in.require("why")) scenario.why = in.people_text("why");
  if (in.require("reading")) scenario.reading = in.people_text("reading");

  std::vector<LabelledPattern> cases;
  if (in.require("cases")) cases = read_cases(*in.any("cases"), id, faults);
  for (const LabelledPattern& one : cases) {
    scenario.cases[one.label] = one.pattern;
    scenario.case_order.push_back(one.label);
  }
  scenario.axes = read_axes(in.any("axis"), cases, faults);
  if (const Node* run = in.any("run")) {
    RunSection section = read_run(*run, scenario, faults);
    scenario.run = std::move(section.run);
    scenario.run_by_label = std::move(section.by_label);
  }
  for (const Node* claim : tables_of(in, "claim")) scenario.claims.push_back(read_claim(*claim, scenario, faults));
  refuse_twins(scenario.claims, faults);
  for (const Node* figure : tables_of(in, "figure")) scenario.figures.push_back(read_figure(*figure, scenario, faults));
  in.finish();
  return scenario;
}

Scenario parse_scenario(std::string_view toml, const std::string& id, const std::string& file) {
  Faults faults(file);
  Scenario scenario = read_scenario(read_toml(toml, file), id, faults);
  faults.throw_if_any();
  scenario.file = file;
  return scenario;
}

const std::string& in_english(const Text& text) {
  static const std::string kNone;
  const auto english = text.find("en");
  if (english != text.end()) return english->second;
  return text.empty() ? kNone : text.begin()->second;
}

}  // namespace unitcost
