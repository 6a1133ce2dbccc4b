#include "harness/analyse/reason.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "harness/analyse/axis_value.hpp"
#include "harness/analyse/wording.hpp"
#include "harness/stats/order_statistics.hpp"

namespace unitcost {
namespace {

std::string place_of(const Measured& measured, const Scenario* scenario) {
  const std::string text = axis_values_text(scenario, measured.at);
  return text.empty() ? "" : " at " + text;
}

/// "median at 16 KiB 1.52 ns [1.51, 1.53]".
std::string number_text(const Measured& measured, const std::string& unit, const Scenario* scenario) {
  const Estimate& estimate = measured.estimate;
  std::string text =
      fmt::format("{}{} {}", measured.noun, place_of(measured, scenario), with_unit(estimate.value, unit));
  if (estimate.low != estimate.high) text += " " + interval_text(estimate.low, estimate.high, unit);
  return text;
}

std::string relation_text(const Estimate& estimate, const Edges& edges, Verdict verdict, const std::string& expected) {
  if (verdict == Verdict::kReported) return "";
  const bool is_range = edges.low && edges.high && *edges.low != *edges.high;
  if (verdict == Verdict::kHolds) return (is_range ? " lies inside " : " is ") + expected;
  if (verdict == Verdict::kRefuted) return (is_range ? " lies outside " : " is not ") + expected;
  if (estimate.coverage < kWantedCoverage) {
    return fmt::format(" stands on {} block{}, {} are needed for a 95 % interval", estimate.n,
                       estimate.n == 1 ? "" : "s", kLeastBlocks);
  }
  const bool straddles_low = edges.low && !is_inside(estimate.low, {edges.low, std::nullopt, edges.strict});
  if (!is_range) return fmt::format(" straddles the edge of \"{}\"", expected);
  return fmt::format(" straddles the {} edge of {}", straddles_low ? "lower" : "upper", expected);
}

/// Names of the places with this verdict: "1 thread; 4 threads". Three neighbours and more are said as "64 KiB to 1 MiB" when one axis is swept.
std::string places_with(const JudgedClaim& judged, Verdict verdict, const Scenario& scenario) {
  const auto name = [&](std::size_t at) { return axis_values_text(&scenario, judged.parts[at].measured.at); };
  std::string text;
  for (std::size_t begin = 0; begin < judged.parts.size(); ++begin) {
    if (judged.parts[begin].verdict != verdict) continue;
    std::size_t end = begin;
    const bool is_one_axis = judged.parts[begin].measured.at.size() == 1;
    while (is_one_axis && end + 1 < judged.parts.size() && judged.parts[end + 1].verdict == verdict) ++end;
    if (end < begin + 2) end = begin;
    text += (text.empty() ? "" : "; ") + name(begin) + (end > begin ? " to " + name(end) : "");
    begin = end;
  }
  return text;
}

std::string swept_sentence(const JudgedClaim& judged, const std::string& expected, const Scenario& scenario) {
  std::string text;
  for (const auto& [verdict, words] :
       {std::pair{Verdict::kHolds, "holds for"}, std::pair{Verdict::kRefuted, "refuted for"},
        std::pair{Verdict::kUndecided, "undecided for"}, std::pair{Verdict::kReported, "reported for"},
        std::pair{Verdict::kNotMeasurable, "not measurable for"}}) {
    const std::string places = places_with(judged, verdict, scenario);
    if (!places.empty()) text += fmt::format("{}{} {}", text.empty() ? "" : ", ", words, places);
  }
  const auto by_value = [](const JudgedPart& part) { return part.measured.estimate.value; };
  std::vector<JudgedPart> measured;
  std::ranges::copy_if(judged.parts, std::back_inserter(measured),
                       [](const JudgedPart& part) { return part.measured.estimate.n > 0; });
  if (measured.empty()) return text;
  const auto least = std::ranges::min_element(measured, {}, by_value);
  const auto most = std::ranges::max_element(measured, {}, by_value);
  const std::string& unit = judged.claim->unit;
  text += fmt::format("; {} from {}{} to {}{}", least->measured.noun, with_unit(least->measured.estimate.value, unit),
                      place_of(least->measured, &scenario), with_unit(most->measured.estimate.value, unit),
                      place_of(most->measured, &scenario));
  if (judged.verdict != Verdict::kReported) text += ", expected " + expected;
  return text;
}

}  // namespace

std::string expected_text(const Expectation& expectation, const Edges& edges, const std::string& unit) {
  std::string text = range_text(edges.low, edges.high, edges.strict, unit);
  if (expectation.times_cpus_up_to != 0 && !expectation.is_reported()) {
    text +=
        fmt::format(" ({} a CPU, up to {} CPUs)", range_text(expectation.low, expectation.high, expectation.strict, ""),
                    expectation.times_cpus_up_to);
  }
  return text;
}

std::string judgement_sentence(const JudgedClaim& judged, const Scenario& scenario) {
  const Claim& claim = *judged.claim;
  const std::string expected = expected_text(claim.expect, judged.edges, claim.unit);
  const Measured& first = judged.parts.front().measured;
  std::string text;
  if (judged.parts.size() > 1) {
    text = swept_sentence(judged, expected, scenario);
  } else if (first.gap != Gap::kNone) {
    text = first.reason;
  } else {
    text = number_text(first, claim.unit, &scenario) +
           relation_text(first.estimate, judged.edges, judged.verdict, expected);
    if (!first.note.empty()) text += fmt::format(" ({})", first.note);
  }
  const std::string& instead = in_english(claim.instead);
  if (judged.verdict == Verdict::kRefuted && !instead.empty()) text += ". " + instead;
  return text;
}

std::string guard_sentence(const Measured& measured, const Guard& guard, const Edges& edges, const Scenario* scenario) {
  if (measured.gap != Gap::kNone) return measured.reason;
  std::string labels;
  const bool is_ratio = guard.metric.kind == Metric::Kind::kRatio;
  for (const auto& label : guard.metric.cases)
    labels += (labels.empty() ? "" : is_ratio ? " / " : ", ") + spaced(label);
  const std::string unit = is_ratio ? "ratio" : guard.metric.scale == 1.0 ? unit_of_counter(guard.metric.counter) : "";
  const Estimate& estimate = measured.estimate;
  return fmt::format("{} of {}{} is {} {}, expected {}", measured.noun, labels, place_of(measured, scenario),
                     with_unit(estimate.value, unit), interval_text(estimate.low, estimate.high, unit),
                     expected_text(guard.expect, edges, unit));
}

}  // namespace unitcost
