#include "harness/analyse/axis_value.hpp"

#include <algorithm>
#include <charconv>

#include "harness/analyse/wording.hpp"

namespace unitcost {

const Scenario* find_scenario(const RunRecord& run, const std::string& id) {
  const auto found = std::ranges::find(run.scenarios, id, &Scenario::id);
  return found == run.scenarios.end() ? nullptr : &*found;
}

std::optional<std::uint64_t> axis_number(const std::string& text) {
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

bool is_size_axis(const Scenario* scenario, const std::string& axis) {
  if (axis == "bytes" || axis.ends_with("_bytes")) return true;
  if (scenario == nullptr) return false;
  const auto found = scenario->axes.find(axis);
  return found != scenario->axes.end() && (found->second.is_range || found->second.kind == Axis::Kind::kSizes);
}

std::string axis_value_text(const Scenario* scenario, const std::string& axis, const std::string& value) {
  const auto number = axis_number(value);
  if (!number) return spaced(value);
  if (is_size_axis(scenario, axis)) return with_unit(static_cast<double>(*number), "bytes");
  std::string noun = spaced(axis);
  if (*number == 1 && noun.ends_with('s')) noun.pop_back();
  return value + " " + noun;
}

std::string axis_values_text(const Scenario* scenario, const std::map<std::string, std::string>& values) {
  std::string text;
  for (const auto& [axis, value] : values) text += (text.empty() ? "" : ", ") + axis_value_text(scenario, axis, value);
  return text;
}

}  // namespace unitcost
