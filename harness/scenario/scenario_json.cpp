// Writing mirrors the TOML, so reading is the parser's: from JSON through the same tree, with the same checks.
#include "harness/scenario/scenario_json.hpp"

#include <fmt/format.h>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "harness/base/error.hpp"
#include "harness/base/json.hpp"
#include "harness/scenario/sections.hpp"
#include "harness/scenario/words.hpp"

namespace unitcost {
namespace {

namespace json = boost::json;

json::array list_of(const std::vector<std::string>& words) {
  json::array list;
  for (const std::string& word : words) list.emplace_back(word);
  return list;
}

json::object text_of(const Text& text) {
  json::object object;
  for (const auto& [language, words] : text) object[language] = words;
  return object;
}

json::object case_of(const CasePattern& pattern) {
  json::object object{{"program", pattern.program}, {"name", pattern.name}};
  if (pattern.observe == Observe::kSyscalls) object["observe"] = "syscalls";
  return object;
}

/// A number of bytes; a size in a list carries a unit, because that is what makes the axis one of sizes.
json::value size_of(std::uint64_t bytes) { return static_cast<std::int64_t>(bytes); }

json::array sizes_of(const std::vector<std::uint64_t>& sizes) {
  json::array texts;
  for (const std::uint64_t size : sizes) texts.emplace_back(fmt::format("{}B", size));
  return texts;
}

json::value values_of(const Axis& axis) {
  if (axis.cpus_times > 0) return json::object{{"cpus", fmt::format("1..{}x", axis.cpus_times)}};
  if (axis.is_range) {
    json::object range{{"from", size_of(axis.from)},
                       {"to", size_of(axis.to)},
                       {"per_octave", axis.per_octave},
                       {"near_cliffs", axis.near_cliffs}};
    if (!axis.cliff_case.empty()) range["cliff_case"] = axis.cliff_case;
    if (!axis.also.empty()) range["also"] = sizes_of(axis.also);
    return range;
  }
  if (axis.kind == Axis::Kind::kWords) return list_of(axis.words);
  if (axis.kind == Axis::Kind::kSizes) return sizes_of(axis.numbers);
  json::array numbers;
  for (const std::uint64_t number : axis.numbers) numbers.emplace_back(size_of(number));
  return numbers;
}

json::object settings_of(const RunSettings& run) {
  json::object memory{{"extra", size_of(run.memory_extra_bytes)}};
  if (!run.memory_axis.empty()) {
    memory["axis"] = run.memory_axis;
    memory["factor"] = run.memory_factor;
  }
  return {{"cpus", run.cpus},
          {"timeout_s", run.timeout_s},
          {"sample_ms", run.sample_ms},
          {"slow", run.slow},
          {"memory", std::move(memory)}};
}

json::object at_of(const At& at) {
  json::object object;
  for (const auto& [axis, position] : at) {
    if (const auto* number = std::get_if<std::uint64_t>(&position)) {
      object[axis] = size_of(*number);
    } else {
      object[axis] = std::get<std::string>(position);
    }
  }
  return object;
}

void put_kind(json::object& object, const Metric& metric) {
  switch (metric.kind) {
    case Metric::Kind::kValue:
      object["value"] = metric.cases.at(0);
      break;
    case Metric::Kind::kRatio:
      object["ratio"] = list_of(metric.cases);
      break;
    case Metric::Kind::kDifference:
      object["difference"] = list_of(metric.cases);
      break;
    case Metric::Kind::kLevel:
      object["level"] = metric.levels.at(0);
      break;
    case Metric::Kind::kCliff:
      object["cliff"] = metric.which;
      break;
    case Metric::Kind::kMonotone:
      object["monotone"] = list_of(metric.levels);
      break;
    case Metric::Kind::kInverseFit:
      object["inverse_fit"] = metric.cases.at(0);
      break;
    case Metric::Kind::kLinearity:
      object["linearity"] = metric.cases.at(0);
      break;
  }
  const bool has_curve = metric.kind == Metric::Kind::kLevel || metric.kind == Metric::Kind::kCliff ||
                         metric.kind == Metric::Kind::kMonotone;
  if (has_curve) object["curve"] = metric.cases.at(0);
}

json::object metric_of(const Metric& metric) {
  json::object object;
  put_kind(object, metric);
  if (!metric.axis.empty()) object["over"] = metric.axis;
  object["counter"] = metric.counter;
  if (!metric.at.empty()) object["at"] = at_of(metric.at);
  if (metric.kind == Metric::Kind::kDifference) object["divided_by"] = metric.divided_by;
  if (metric.scale != 1.0) object["scale"] = metric.scale;
  if (metric.from != 0) object["from"] = size_of(metric.from);
  return object;
}

json::object expect_of(const Expectation& expect) {
  json::object object;
  if (expect.low) object[expect.strict ? "above" : "low"] = *expect.low;
  if (expect.high) object[expect.strict ? "below" : "high"] = *expect.high;
  if (expect.times_cpus_up_to > 0) object["times_cpus_up_to"] = expect.times_cpus_up_to;
  return object;
}

json::object guard_of(const Guard& guard) {
  json::object object = metric_of(guard.metric);
  object["expect"] = expect_of(guard.expect);
  return object;
}

json::object claim_of(const Claim& claim) {
  json::object object{{"id", claim.id}};
  if (!claim.variant.empty()) object["variant"] = claim.variant;
  json::object source{{"key", claim.source_key}};
  if (!claim.source_section.empty()) source["section"] = claim.source_section;
  object["source"] = std::move(source);
  object["says"] = text_of(claim.says);
  object["metric"] = metric_of(claim.metric);
  object["expect"] = expect_of(claim.expect);
  object["unit"] = claim.unit;
  if (claim.control) object["control"] = guard_of(*claim.control);
  if (claim.ceiling) object["ceiling"] = guard_of(*claim.ceiling);
  if (!claim.conflicts.empty()) object["conflicts"] = list_of(claim.conflicts);
  if (!claim.instead.empty()) object["instead"] = text_of(claim.instead);
  if (!claim.ladder.empty()) object["ladder"] = text_of(claim.ladder);
  return object;
}

json::object figure_of(const Figure& figure) {
  json::object object{
      {"kind", figure.kind}, {"title", text_of(figure.title)}, {"y", figure.y}, {"scale", figure.scale}};
  if (!figure.cases.empty()) object["cases"] = list_of(figure.cases);
  if (!figure.x.empty()) object["x"] = figure.x;
  if (!figure.relative_to.empty()) object["relative_to"] = figure.relative_to;
  if (figure.inverse) object["inverse"] = true;
  if (!figure.minus.empty()) object["minus"] = figure.minus;
  if (figure.cliffs) object["cliffs"] = true;
  if (!figure.claims.empty()) object["claims"] = list_of(figure.claims);
  return object;
}

json::object run_of(const Scenario& scenario) {
  json::object run = settings_of(scenario.run);
  for (const auto& [label, settings] : scenario.run_by_label) run[label] = settings_of(settings);
  return run;
}

}  // namespace

json::value to_json(const Scenario& scenario) {
  json::object cases;
  for (const std::string& label : scenario.case_order) cases[label] = case_of(scenario.cases.at(label));
  json::object object{{"id", scenario.id},
                      {"schema", scenario.schema},
                      {"question", text_of(scenario.question)},
                      {"why", text_of(scenario.why)},
                      {"reading", text_of(scenario.reading)},
                      {"cases", std::move(cases)}};
  json::object axes;
  for (const auto& [name, axis] : scenario.axes) axes[name] = json::object{{"values", values_of(axis)}};
  if (!axes.empty()) object["axis"] = std::move(axes);
  object["run"] = run_of(scenario);
  json::array claims;
  for (const Claim& claim : scenario.claims) claims.push_back(claim_of(claim));
  object["claim"] = std::move(claims);
  json::array figures;
  for (const Figure& figure : scenario.figures) figures.push_back(figure_of(figure));
  object["figure"] = std::move(figures);
  return object;
}

Scenario scenario_from_json(const json::value& value) {
  const std::string id = JsonIn(value, "scenario").at("id").text();
  if (!is_program(id))
    throw BadInput(fmt::format("scenario.id: {} is not a scenario; expected \"family/name\"", in_quotes(id)));
  const std::string where = fmt::format("scenario {}", id);
  Node document = read_json(value, where);
  std::erase_if(document.entries, [](const Entry& entry) { return entry.key == "id"; });
  Faults faults(where);
  Scenario scenario = read_scenario(document, id, faults);
  faults.throw_if_any();
  return scenario;
}

}  // namespace unitcost
