// `at` of a metric: where on the axes of its cases.
#include <algorithm>

#include <fmt/format.h>

#include "harness/base/nearest.hpp"
#include "harness/scenario/expand.hpp"
#include "harness/scenario/sections.hpp"
#include "harness/scenario/words.hpp"

namespace unitcost {
namespace {

const std::vector<std::string>& symbolic_positions() {
  static const std::vector<std::string> kWords{"past-last-cache", "half-first-cache", "largest", "each"};
  return kWords;
}

bool is_by_cache(const std::string& position) {
  return position == "past-last-cache" || position == "half-first-cache";
}

/// A number that the axis has in every profile: in its list or on the grid of its range; any for counts of CPUs.
bool is_on_axis(const Axis& axis, std::uint64_t number) {
  if (axis.cpus_times > 0) return number >= 1;
  if (!axis.is_range) return std::find(axis.numbers.begin(), axis.numbers.end(), number) != axis.numbers.end();
  const std::vector<std::uint64_t> grid = size_grid(axis.from, axis.to, axis.per_octave);
  return std::binary_search(grid.begin(), grid.end(), number);
}

std::optional<Position> read_position(TableReader& at, const std::string& name, const Axis& axis) {
  const Node& node = *at.any(name);
  const bool is_text = node.kind == Node::Kind::kText;
  if (axis.kind == Axis::Kind::kWords) {
    std::vector<std::string> words = axis.words;
    words.emplace_back("each");
    const std::string word = at.one_of(name, words, "");
    return word.empty() ? std::nullopt : std::optional<Position>(word);
  }
  const std::vector<std::string>& symbols = symbolic_positions();
  if (is_text && std::find(symbols.begin(), symbols.end(), node.text) != symbols.end()) {
    if (is_by_cache(node.text) && axis.kind != Axis::Kind::kSizes)
      at.fault(name, fmt::format("{} needs an axis of sizes", in_quotes(node.text)));
    return Position(node.text);
  }
  if (is_text && !size_in(node.text)) {
    at.fault(name, fmt::format("{} is neither a size nor one of {}{}", in_quotes(node.text), fmt::join(symbols, ", "),
                               did_you_mean(node.text, symbols)));
    return std::nullopt;
  }
  const std::optional<std::uint64_t> number = at.size(name);
  if (!number) return std::nullopt;
  if (!is_on_axis(axis, *number)) at.fault(name, fmt::format("the axis has no value {}", *number));
  return Position(*number);
}

}  // namespace

bool is_known_axis(TableReader& in, std::string_view key, const std::string& axis, const Scenario& scenario) {
  if (scenario.axes.contains(axis)) return true;
  in.fault(key, fmt::format("unknown axis {}{}", in_quotes(axis), did_you_mean_or_known(axis, axis_names(scenario))));
  return false;
}

bool has_axis(const Scenario& scenario, const std::string& label, const std::string& axis) {
  if (!scenario.cases.contains(label)) return true;  // reported already
  const std::vector<std::string> axes = axes_of(scenario, label);
  return std::find(axes.begin(), axes.end(), axis) != axes.end();
}

At read_at(TableReader& in, const std::vector<std::string>& labels, const Scenario& scenario, Faults& faults) {
  const Node* node = in.of_kind("at", Node::Kind::kTable);
  At result;
  if (node == nullptr) return result;
  TableReader at(*node, "at of " + in.where(), faults);
  for (const Entry& entry : node->entries) {
    at.any(entry.key);
    if (!is_known_axis(at, entry.key, entry.key, scenario)) continue;
    const bool used = std::any_of(labels.begin(), labels.end(),
                                  [&](const std::string& label) { return has_axis(scenario, label, entry.key); });
    if (!used) at.fault(entry.key, "no case of the metric has this axis");
    // A position with a fault counts as one, so that the fault is told once.
    result[entry.key] = read_position(at, entry.key, scenario.axes.at(entry.key)).value_or(Position(std::uint64_t{0}));
  }
  return result;
}

}  // namespace unitcost
