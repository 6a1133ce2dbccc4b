// [[claim]]: id, source, what it says, metric, expectation and guards.
#include <algorithm>

#include <fmt/format.h>

#include "harness/base/nearest.hpp"
#include "harness/scenario/sections.hpp"
#include "harness/scenario/words.hpp"

namespace unitcost {
namespace {

constexpr int kMostTimesCpus = 65'536;

const std::vector<std::string>& source_keys() {
  static const std::vector<std::string> kKeys{"fundamentos", "os-guide", "processos", "review", "ours"};
  return kKeys;
}

struct Edge {
  std::optional<double> value;
  bool strict = false;
};

/// One edge, written in one of three ways: two that include it and one that does not.
Edge read_edge(TableReader& in, const char* plain, const char* bound, const char* strict) {
  Edge edge;
  std::string first;
  for (const char* key : {plain, bound, strict}) {
    const std::optional<double> number = in.number(key);
    if (!number) continue;
    if (!first.empty()) in.fault(key, fmt::format("does not go with {}: both are the same edge", in_quotes(first)));
    first = key;
    edge = {*number, key == strict};
  }
  return edge;
}

std::optional<Guard> read_guard(TableReader& claim, std::string_view key, const std::string& claim_name,
                                const Scenario& scenario, Faults& faults) {
  const Node* node = claim.of_kind(key, Node::Kind::kTable);
  if (node == nullptr) return std::nullopt;
  const std::string where = fmt::format("{} of {}", key, claim_name);
  TableReader in(*node, where, faults);
  Guard guard;
  guard.metric = read_metric(in, scenario, faults);
  if (in.require("expect")) {
    guard.expect = read_expectation(*in.any("expect"), "expect of " + where, faults);
    if (guard.expect.is_reported()) in.fault("expect", "has no edge, so it can never fail");
  }
  in.finish();
  return guard;
}

void read_source(TableReader& in, Claim& claim, const std::string& name, Faults& faults) {
  if (!in.require("source")) return;
  const Node* node = in.of_kind("source", Node::Kind::kTable);
  if (node == nullptr) return;
  TableReader source(*node, "source of " + name, faults);
  if (source.require("key")) claim.source_key = source.one_of("key", source_keys(), "");
  claim.source_section = source.text("section").value_or("");
  source.finish();
}

void read_unit(TableReader& in, Claim& claim) {
  const std::string unit = default_unit(claim.metric.kind);
  claim.unit = in.text("unit").value_or(unit);
  if (claim.unit.empty() && !in.has("unit")) in.require("unit");
  if (claim.unit.size() > 32) in.fault("unit", "is longer than 32 bytes");
}

void check_ladder(TableReader& in, const Claim& claim) {
  if (claim.ladder.empty()) return;
  const std::vector<std::string> times{"ns", "us", "µs", "ms", "s"};
  const bool is_time = std::find(times.begin(), times.end(), claim.unit) != times.end();
  const bool is_level = claim.metric.kind == Metric::Kind::kValue || claim.metric.kind == Metric::Kind::kLevel;
  if (!is_time || !is_level)
    in.fault("ladder",
             "only a claim with metric value or level and a unit of time (ns, us, ms, s) is a row of the ladder");
}

std::vector<std::string> read_conflicts(TableReader& in, const std::string& own_id) {
  std::vector<std::string> ids = in.texts("conflicts");
  for (const std::string& id : ids) {
    if (!is_claim_id(id))
      in.fault("conflicts", fmt::format("{} is not a claim id; write it as \"family.name\"", in_quotes(id)));
    if (id == own_id) in.fault("conflicts", "a claim cannot conflict with itself");
  }
  return ids;
}

}  // namespace

Expectation read_expectation(const Node& expect, const std::string& where, Faults& faults) {
  TableReader in(expect, where, faults);
  const Edge low = read_edge(in, "low", "at_least", "above");
  const Edge high = read_edge(in, "high", "at_most", "below");
  Expectation result;
  result.low = low.value;
  result.high = high.value;
  result.strict = low.strict || high.strict;
  if (low.value && high.value) {
    if (*low.value > *high.value)
      in.fault("low", fmt::format("the range is impossible: {} is above {}", *low.value, *high.value));
    if (low.strict != high.strict)
      in.fault("above", "one edge is included and the other is not; write both the same way");
    if (low.strict && high.strict && *low.value == *high.value) in.fault("above", "nothing lies between the edges");
  }
  result.times_cpus_up_to = in.small_integer("times_cpus_up_to", 1, kMostTimesCpus, 0);
  if (result.times_cpus_up_to > 0 && result.is_reported())
    in.fault("times_cpus_up_to", "multiplies an edge, and there is none");
  in.finish();
  return result;
}

Claim read_claim(const Node& node, const Scenario& scenario, Faults& faults) {
  Claim claim;
  claim.line = node.line;
  TableReader in(node, "[[claim]]", faults);
  if (in.require("id")) claim.id = in.text("id").value_or("");
  if (!claim.id.empty() && !is_claim_id(claim.id))
    in.fault("id", fmt::format("{} is not a claim id; write it as \"family.name\"", in_quotes(claim.id)));
  claim.variant = in.text("variant").value_or("");
  const std::string name = claim.variant.empty()
                               ? fmt::format("claim {}", in_quotes(claim.id))
                               : fmt::format("claim {} variant {}", in_quotes(claim.id), in_quotes(claim.variant));
  read_source(in, claim, name, faults);
  if (in.require("says")) claim.says = in.people_text("says");
  bool has_metric = false;
  if (in.require("metric")) {
    if (const Node* metric = in.of_kind("metric", Node::Kind::kTable)) {
      TableReader inner(*metric, "metric of " + name, faults);
      claim.metric = read_metric(inner, scenario, faults);
      inner.finish();
      has_metric = true;
    }
  }
  if (const Node* expect = in.any("expect")) claim.expect = read_expectation(*expect, "expect of " + name, faults);
  if (has_metric) {
    read_unit(in, claim);
  } else {
    in.any("unit");
  }
  claim.control = read_guard(in, "control", name, scenario, faults);
  claim.ceiling = read_guard(in, "ceiling", name, scenario, faults);
  claim.conflicts = read_conflicts(in, claim.id);
  claim.instead = in.people_text("instead");
  claim.ladder = in.people_text("ladder");
  check_ladder(in, claim);
  in.finish();
  return claim;
}

}  // namespace unitcost
