// [run] and [run.<label>].
#include <algorithm>

#include <fmt/format.h>

#include "harness/base/nearest.hpp"
#include "harness/scenario/sections.hpp"

namespace unitcost {
namespace {

constexpr int kLongestTimeoutS = 24 * 3600;
constexpr int kShortestSampleMs = 5;  // METHOD: a sample is at least 5 ms
constexpr int kLongestSampleMs = 10'000;
constexpr int kMostCpus = 65'536;

const std::vector<std::string>& cpus_words() {
  static const std::vector<std::string> kWords{"one", "pair-same-core", "pair-cross-core", "all"};
  return kWords;
}

std::string read_cpus(TableReader& in, const std::string& fallback) {
  const Node* node = in.any("cpus");
  if (node == nullptr) return fallback;
  const bool is_digits = node->kind == Node::Kind::kText && !node->text.empty() && node->text.size() <= 5 &&
                         node->text.find_first_not_of("0123456789") == std::string::npos;
  if (node->kind == Node::Kind::kInteger || is_digits) {
    const std::int64_t count = is_digits ? std::stoi(node->text) : node->integer;
    if (count >= 1 && count <= kMostCpus) return std::to_string(count);
    in.fault("cpus", fmt::format("{} is not between 1 and {}", count, kMostCpus));
    return fallback;
  }
  if (node->kind == Node::Kind::kText) {
    const std::vector<std::string>& words = cpus_words();
    if (std::find(words.begin(), words.end(), node->text) != words.end()) return node->text;
    in.fault("cpus", fmt::format("{} is not one of {}, a number{}", in_quotes(node->text), fmt::join(words, ", "),
                                 did_you_mean(node->text, words)));
    return fallback;
  }
  in.fault("cpus", fmt::format("expected a word or a number, found {}", kind_name(node->kind)));
  return fallback;
}

void check_memory_axis(TableReader& in, const std::string& name, const Scenario& scenario) {
  const auto axis = scenario.axes.find(name);
  if (axis == scenario.axes.end()) {
    in.fault("axis",
             fmt::format("unknown axis {}{}", in_quotes(name), did_you_mean_or_known(name, axis_names(scenario))));
  } else if (axis->second.kind == Axis::Kind::kWords) {
    in.fault("axis", fmt::format("the values of axis {} are words, not sizes", in_quotes(name)));
  }
}

RunSettings read_settings(TableReader& in, RunSettings settings, const Scenario& scenario, Faults& faults) {
  settings.cpus = read_cpus(in, settings.cpus);
  settings.timeout_s = in.small_integer("timeout_s", 1, kLongestTimeoutS, settings.timeout_s);
  settings.sample_ms = in.small_integer("sample_ms", kShortestSampleMs, kLongestSampleMs, settings.sample_ms);
  settings.slow = in.flag("slow").value_or(settings.slow);
  if (const Node* node = in.of_kind("memory", Node::Kind::kTable)) {
    TableReader memory(*node, "memory in " + in.where(), faults);
    settings.memory_axis = memory.text("axis").value_or("");
    if (!settings.memory_axis.empty()) check_memory_axis(memory, settings.memory_axis, scenario);
    settings.memory_factor = memory.number("factor").value_or(1.0);
    if (settings.memory_factor <= 0.0 || settings.memory_factor > 1000.0) {
      memory.fault("factor", fmt::format("{} is not above 0 and at most 1000", settings.memory_factor));
    }
    if (memory.has("factor") && !memory.has("axis"))
      memory.fault("factor", "needs 'axis', the size that it multiplies");
    settings.memory_extra_bytes = memory.size("extra").value_or(RunSettings{}.memory_extra_bytes);
    memory.finish();
  }
  return settings;
}

}  // namespace

const std::vector<std::string>& run_keys() {
  static const std::vector<std::string> kKeys{"cpus", "timeout_s", "sample_ms", "slow", "memory"};
  return kKeys;
}

RunSection read_run(const Node& run, const Scenario& scenario, Faults& faults) {
  RunSection section;
  TableReader in(run, "[run]", faults);
  section.run = read_settings(in, section.run, scenario, faults);
  for (const std::string& label : scenario.case_order) {
    const bool is_key = std::find(run_keys().begin(), run_keys().end(), label) != run_keys().end();
    if (is_key || !in.has(label)) continue;  // a label like a key is reported with the cases
    const std::vector<std::string> axes = axes_of(scenario, label);
    const auto has_axis = [&axes](const std::string& axis) {
      return axis.empty() || std::find(axes.begin(), axes.end(), axis) != axes.end();
    };
    RunSettings base = section.run;
    if (!has_axis(base.memory_axis)) {  // the sweep's estimate is not this label's
      base.memory_axis.clear();
      base.memory_factor = 1.0;
    }
    TableReader inner(*in.any(label), fmt::format("[run.{}]", label), faults);
    RunSettings settings = read_settings(inner, base, scenario, faults);
    if (inner.has("memory") && scenario.axes.contains(settings.memory_axis) && !has_axis(settings.memory_axis)) {
      inner.fault("memory", fmt::format("case {} has no axis {}", in_quotes(label), in_quotes(settings.memory_axis)));
    }
    inner.finish();
    section.by_label[label] = std::move(settings);
  }
  in.finish(scenario.case_order);
  return section;
}

}  // namespace unitcost
