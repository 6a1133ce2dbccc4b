// [axis.x]: values = { from, to, per_octave, near_cliffs, cliff_case, also } | { cpus = "1..2x" } | [list].
#include <algorithm>
#include <bit>

#include <fmt/format.h>

#include "harness/base/nearest.hpp"
#include "harness/scenario/sections.hpp"
#include "harness/scenario/words.hpp"

namespace unitcost {
namespace {

constexpr std::size_t kMostValues = 4096;

bool is_used(const std::string& axis, const LabelledPattern& one) {
  const auto axes = placeholders(one.pattern.name);
  return axes && std::find(axes->begin(), axes->end(), axis) != axes->end();
}

/// A label that exists and whose one axis is this one: its curve is what the cliffs are found on.
void check_cliff_case(TableReader& in, const std::string& axis, const std::string& label,
                      const std::vector<LabelledPattern>& cases) {
  const auto found =
      std::find_if(cases.begin(), cases.end(), [&label](const LabelledPattern& one) { return one.label == label; });
  if (found == cases.end()) {
    std::vector<std::string> labels;
    for (const LabelledPattern& one : cases) labels.push_back(one.label);
    in.fault("cliff_case",
             fmt::format("unknown case label {}{}", in_quotes(label), did_you_mean_or_known(label, labels)));
  } else if (placeholders(found->pattern.name) != std::vector<std::string>{axis}) {
    in.fault("cliff_case",
             fmt::format("case {} does not sweep {} and nothing else", in_quotes(label), in_quotes(axis)));
  }
}

void read_also(TableReader& in, Axis& axis) {
  for (const std::string& text : in.texts("also")) {
    const std::optional<std::uint64_t> size = size_in(text);
    if (!size || *size <= axis.from || *size >= axis.to) {
      in.fault("also", fmt::format("{} is no size between 'from' and 'to'", in_quotes(text)));
    } else if (!axis.also.empty() && *size <= axis.also.back()) {
      in.fault("also", fmt::format("{} stands behind {}; values ascend and stand once", *size, axis.also.back()));
    } else {
      axis.also.push_back(*size);
    }
  }
}

Axis read_range(TableReader& in, const std::string& name, const std::vector<LabelledPattern>& cases) {
  Axis axis;
  axis.kind = Axis::Kind::kSizes;
  axis.is_range = true;
  for (const char* key : {"from", "to"}) {
    if (!in.require(key)) continue;
    const std::optional<std::uint64_t> bytes = in.size(key);
    if (bytes && !std::has_single_bit(*bytes))
      in.fault(key, "the ends of a sweep are powers of two, so that machines can be compared");
    (key[0] == 'f' ? axis.from : axis.to) = bytes.value_or(0);
  }
  if (axis.from > axis.to && axis.to > 0) in.fault("from", fmt::format("{} is above 'to', {}", axis.from, axis.to));
  axis.per_octave = in.small_integer("per_octave", 1, 4, 1);
  if (axis.per_octave == 3) in.fault("per_octave", "3 is not one of 1, 2, 4");
  axis.near_cliffs = in.small_integer("near_cliffs", 0, 4, 0);
  if (axis.near_cliffs != 0 && axis.near_cliffs != 4)
    in.fault("near_cliffs", fmt::format("{} is not one of 0, 4", axis.near_cliffs));
  axis.cliff_case = in.text("cliff_case").value_or("");
  if (!axis.cliff_case.empty()) check_cliff_case(in, name, axis.cliff_case, cases);
  if (in.has("also")) read_also(in, axis);
  in.finish({"cpus"});
  return axis;
}

Axis read_cpus(TableReader& in) {
  Axis axis;
  const std::string text = in.text("cpus").value_or("1..2x");
  if (text == "1..1x" || text == "1..2x") {
    axis.cpus_times = text == "1..1x" ? 1 : 2;
  } else {
    in.fault("cpus", fmt::format("{} is not one of 1..1x, 1..2x (from one to once or twice the CPUs of the machine)",
                                 in_quotes(text)));
  }
  in.finish();
  return axis;
}

void check_ascending(TableReader& in, const std::vector<std::uint64_t>& numbers) {
  for (std::size_t i = 1; i < numbers.size(); ++i) {
    if (numbers[i] <= numbers[i - 1]) {
      in.fault("values", fmt::format("{} stands behind {}; values ascend and stand once", numbers[i], numbers[i - 1]));
      return;
    }
  }
}

/// Integers are numbers; with a unit on one of them they are sizes; texts are words.
Axis read_list(TableReader& in, const Node& list) {
  Axis axis;
  bool with_unit = false;
  for (const Node& item : list.items) {
    const bool is_size = item.kind == Node::Kind::kText && size_in(item.text).has_value();
    if (item.kind == Node::Kind::kInteger && item.integer >= 0) {
      axis.numbers.push_back(static_cast<std::uint64_t>(item.integer));
    } else if (is_size) {
      axis.numbers.push_back(*size_in(item.text));
      with_unit = with_unit || has_size_unit(item.text);
    } else if (item.kind == Node::Kind::kText && is_axis_word(item.text)) {
      if (std::find(axis.words.begin(), axis.words.end(), item.text) != axis.words.end()) {
        in.fault("values", fmt::format("{} stands twice", in_quotes(item.text)));
      }
      axis.words.push_back(item.text);
    } else if (item.kind == Node::Kind::kText) {
      in.fault("values", fmt::format("{} is neither a size as \"4KiB\" nor a word", in_quotes(item.text)));
    } else if (item.kind == Node::Kind::kInteger) {
      in.fault("values", fmt::format("{} is below 0", item.integer));
    } else {
      in.fault("values", fmt::format("expected numbers, sizes or words, found {} in the list", kind_name(item.kind)));
    }
  }
  if (!axis.words.empty() && !axis.numbers.empty()) in.fault("values", "numbers and words are mixed");
  if (list.items.empty()) in.fault("values", "the list is empty");
  if (list.items.size() > kMostValues)
    in.fault("values", fmt::format("{} values are too many (at most {})", list.items.size(), kMostValues));
  check_ascending(in, axis.numbers);
  axis.kind = !axis.words.empty() ? Axis::Kind::kWords : with_unit ? Axis::Kind::kSizes : Axis::Kind::kNumbers;
  return axis;
}

Axis read_axis(const Entry& entry, const std::vector<LabelledPattern>& cases, Faults& faults) {
  const std::string where = fmt::format("[axis.{}]", entry.key);
  TableReader in(entry.value, where, faults);
  Axis axis;
  if (in.require("values")) {
    const Node& values = *in.any("values");
    if (values.kind == Node::Kind::kList) {
      axis = read_list(in, values);
    } else if (values.kind == Node::Kind::kTable) {
      TableReader inner(values, where, faults);
      axis = inner.has("cpus") && !inner.has("from") ? read_cpus(inner) : read_range(inner, entry.key, cases);
      if (inner.has("cpus") && inner.has("from")) inner.fault("cpus", "does not go with 'from'");
    } else {
      in.fault("values",
               fmt::format("expected a list, {{ from, to }} or {{ cpus }}, found {}", kind_name(values.kind)));
    }
  }
  in.finish();
  return axis;
}

}  // namespace

std::map<std::string, Axis> read_axes(const Node* axes, const std::vector<LabelledPattern>& cases, Faults& faults) {
  std::map<std::string, Axis> result;
  std::vector<std::string> names;
  if (axes != nullptr) {
    const TableReader table(*axes, "[axis]", faults);  // reports when it is no table
    for (const Entry& entry : axes->entries) {
      names.push_back(entry.key);
      result[entry.key] = read_axis(entry, cases, faults);
      const bool used = std::any_of(cases.begin(), cases.end(),
                                    [&entry](const LabelledPattern& one) { return is_used(entry.key, one); });
      if (!used)
        faults.add(entry.line, fmt::format("[axis.{}]: no case has the placeholder {{{}}}", entry.key, entry.key));
    }
  }
  for (const LabelledPattern& one : cases) {
    for (const std::string& axis : placeholders(one.pattern.name).value_or(std::vector<std::string>{})) {
      if (result.contains(axis)) continue;
      faults.add(one.line, fmt::format("case {}: placeholder {{{}}} has no table [axis.{}]{}", in_quotes(one.label),
                                       axis, axis, did_you_mean_or_known(axis, names)));
    }
  }
  return result;
}

}  // namespace unitcost
