#include "harness/analyse/figure_marks.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "harness/analyse/claims.hpp"
#include "harness/analyse/document.hpp"
#include "harness/analyse/machine_facts.hpp"
#include "harness/analyse/wording.hpp"

namespace unitcost {
namespace {

struct Band {
  std::string claim;
  std::string text;
  std::optional<double> low;
  std::optional<double> high;
};

std::string band_name(const Claim& claim) {
  if (claim.metric.kind != Metric::Kind::kLevel || claim.metric.levels.empty()) return claim.id;
  const std::string& level = claim.metric.levels.front();
  return level == "l1" ? "L1" : level == "l2" ? "L2" : level == "last-cache" ? "L3" : "memory";
}

/// The expectation on the figure's y, or nothing when the claim is about something else.
std::optional<Band> band_of(const Claim& claim, const Figure& figure, int cpus) {
  const Metric& metric = claim.metric;
  const bool is_plain = (metric.kind == Metric::Kind::kValue || metric.kind == Metric::Kind::kLevel) &&
                        figure.relative_to.empty() && figure.minus.empty() && metric.counter == figure.y;
  const bool is_ratio = metric.kind == Metric::Kind::kRatio && !figure.relative_to.empty();
  if (claim.expect.is_reported() || (!is_plain && !is_ratio)) return std::nullopt;
  const Edges edges = edges_of(claim.expect, cpus);
  const double scale = metric.kind == Metric::Kind::kLevel ? 1.0 : metric.scale;
  Band band{
      claim.id,
      fmt::format("{} {} ({})", band_name(claim), expected_text(claim.expect, edges, claim.unit), claim.source_key),
      edges.low, edges.high};
  for (auto* edge : {&band.low, &band.high}) {
    if (*edge) **edge /= scale;
  }
  // The figure divides by relative_to (or into it); a claim that names the same label on the other side is turned over.
  const bool claim_has_reference_above = is_ratio && metric.cases.front() == figure.relative_to;
  const bool claim_has_reference_below = is_ratio && metric.cases.back() == figure.relative_to;
  if ((claim_has_reference_above && !figure.inverse) || (claim_has_reference_below && figure.inverse)) {
    std::swap(band.low, band.high);
    for (auto* edge : {&band.low, &band.high}) {
      if (*edge) **edge = 1.0 / **edge;
    }
  }
  return band;
}

std::optional<double> number_of(const boost::json::object& object, const char* key) {
  const auto* value = object.if_contains(key);
  return value != nullptr && value->is_number() ? std::optional<double>(value->to_number<double>()) : std::nullopt;
}

void add_detected(boost::json::array& marks, const Hierarchy& hierarchy) {
  for (const auto& cliff : hierarchy.cliffs) {
    const bool is_decided = cliff.bytes != 0;
    const std::string text = is_decided ? "cliff " + with_unit(static_cast<double>(cliff.bytes), "bytes")
                                        : fmt::format("cliff between {} and {}", with_unit(cliff.low_bytes, "bytes"),
                                                      with_unit(cliff.high_bytes, "bytes"));
    marks.push_back(
        boost::json::object{{"axis", "x"},
                            {"at", number_json(is_decided ? static_cast<double>(cliff.bytes) : cliff.crossing_bytes)},
                            {"text", text},
                            {"kind", "detected"}});
  }
}

}  // namespace

boost::json::array bands_json(const RunRecord& run, const Figure& figure) {
  std::vector<Band> bands;
  for (const auto& id : figure.claims) {
    for (const auto& scenario : run.scenarios) {
      for (const auto& claim : scenario.claims) {
        if (claim.id != id) continue;
        const auto band = band_of(claim, figure, cpus_of(run));
        const auto is_same = [&](const Band& other) {
          return other.text == band->text && other.low == band->low && other.high == band->high;
        };
        if (band && std::ranges::none_of(bands, is_same)) bands.push_back(*band);
      }
    }
  }
  boost::json::array array;
  const auto edge = [](const std::optional<double>& value) {
    return value ? number_json(*value) : boost::json::value(nullptr);
  };
  for (const auto& band : bands) {
    array.push_back(boost::json::object{
        {"claim", band.claim}, {"text", band.text}, {"low", edge(band.low)}, {"high", edge(band.high)}});
  }
  return array;
}

boost::json::array reported_caches_json(const RunRecord& run) {
  boost::json::array reported;
  const auto found = run.machine.find("caches");
  if (found == run.machine.end() || !found->second.value.is_array()) return reported;
  for (const auto& cache : found->second.value.get_array()) {
    if (!cache.is_object()) continue;
    const auto& object = cache.get_object();
    const auto level = number_of(object, "level");
    const auto bytes = number_of(object, "bytes");
    const auto* type = object.if_contains("type");
    const std::string type_text =
        type != nullptr && type->is_string() ? std::string(type->get_string()) : std::string();
    if (!level || !bytes || type_text.starts_with("instruction") || type_text.starts_with("Instruction")) continue;
    boost::json::object entry{{"level", number_json(*level)}, {"type", type_text}, {"bytes", number_json(*bytes)}};
    if (std::ranges::find(reported, boost::json::value(entry)) == reported.end()) reported.push_back(std::move(entry));
  }
  return reported;
}

boost::json::array marks_json(const RunRecord& run, const Scenario& scenario, const Figure& figure, Curves& curves) {
  boost::json::array marks;
  if (!figure.cliffs) return marks;
  if (const Curve* curve = curves.of_scenario(scenario.id); curve != nullptr) add_detected(marks, curve->hierarchy);
  for (const auto& cache : reported_caches_json(run)) {
    const auto& object = cache.get_object();
    const auto bytes = object.at("bytes");
    marks.push_back(boost::json::object{{"axis", "x"},
                                        {"at", bytes},
                                        {"text", fmt::format("kernel: L{} {}", object.at("level").to_number<int>(),
                                                             with_unit(bytes.to_number<double>(), "bytes"))},
                                        {"kind", "reported"}});
  }
  return marks;
}

}  // namespace unitcost
