#include "harness/analyse/metric.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>

#include <fmt/format.h>

#include "harness/analyse/left_out.hpp"
#include "harness/analyse/metric_over_axis.hpp"
#include "harness/analyse/places.hpp"
#include "harness/analyse/wording.hpp"
#include "harness/stats/levels.hpp"

namespace unitcost {
namespace {

Measured gap(Gap kind, std::string reason) {
  Measured measured;
  measured.gap = kind;
  measured.reason = std::move(reason);
  return measured;
}

/// The gap that a case leaves when it has no blocks with the counter, or none.
Measured gap_of_case(const CaseEvidence& evidence, const std::string& counter) {
  if (evidence.estimate(counter).n > 0) return {};
  const std::string& key = evidence.planned->key;
  if (evidence.failed_blocks > 0) return gap(Gap::kUndecided, fmt::format("{} failed: {}", key, evidence.failure));
  if (!evidence.unmeasurable.empty()) return gap(Gap::kNotMeasurable, evidence.unmeasurable);
  if (evidence.has_blocks()) return gap(Gap::kUndecided, fmt::format("{} reports no counter {}", key, counter));
  return gap(Gap::kNotMeasurable, fmt::format("{} has no counted block in this run", key));
}

Measured measure_at(const Metric& metric, const Place& place) {
  for (const CaseEvidence* evidence : place.cases) {
    Measured missing = gap_of_case(*evidence, metric.counter);
    missing.at = place.at;
    if (missing.gap != Gap::kNone) return missing;
  }
  Measured measured;
  measured.at = place.at;
  measured.key = place.cases.front()->planned->key;
  if (metric.kind == Metric::Kind::kValue) {
    measured.noun = "median";
    measured.method = "median of block medians, order statistics";
    measured.estimate = scaled(place.cases[0]->estimate(metric.counter), metric.scale);
    return measured;
  }
  const auto first = place.cases[0]->values(metric.counter);
  const auto second = place.cases[1]->values(metric.counter);
  if (metric.kind == Metric::Kind::kRatio) {
    measured.noun = "ratio";
    measured.method = "median of the log-ratios paired by round, order statistics";
    measured.estimate = scaled(estimate_ratio(first, second), metric.scale);
  } else {
    measured.noun = "difference";
    measured.method = "median of the differences paired by round, order statistics";
    measured.estimate = scaled(estimate_difference(first, second), 1.0 / metric.divided_by);
  }
  if (measured.estimate.n == 0) return gap(Gap::kUndecided, "no round has both sides of the comparison");
  return measured;
}

/// Why nothing of the labels was measured, when a case of theirs says more than the place that was not found.
Measured gap_of_labels(const Metric& metric, const std::string& scenario, const Evidence& evidence,
                       const Places& resolved) {
  for (const auto& label : metric.cases) {
    const auto labelled = evidence.labelled(scenario, label);
    const bool any_blocks = std::ranges::any_of(labelled, [&](const LabelledCase* one) {
      const CaseEvidence* found = evidence.find(one->key);
      return found != nullptr && found->has_blocks();
    });
    const CaseEvidence* first = labelled.empty() ? nullptr : evidence.find(labelled.front()->key);
    if (!any_blocks && first != nullptr) return gap_of_case(*first, metric.counter);
  }
  return gap(resolved.is_left_out ? Gap::kLeftOut : Gap::kNotMeasurable, resolved.problem);
}

Evaluation evaluate_at_places(const Metric& metric, const std::string& scenario, const Evidence& evidence,
                              Curves& curves) {
  const Places resolved = resolve_places(evidence, curves, scenario, metric.cases, metric.at);
  Evaluation evaluation;
  evaluation.is_swept = resolved.is_swept;
  for (const auto& place : resolved.places) evaluation.parts.push_back(measure_at(metric, place));
  if (evaluation.parts.empty()) evaluation.parts.push_back(gap_of_labels(metric, scenario, evidence, resolved));
  return evaluation;
}

Estimate as_estimate(const Plateau& plateau) {
  Estimate estimate;
  estimate.value = plateau.value;
  estimate.low = plateau.low;
  estimate.high = plateau.high;
  estimate.n = plateau.n;
  estimate.coverage = plateau.coverage;
  return estimate;
}

Measured measure_level(const Hierarchy& hierarchy, const std::string& name) {
  const auto levels = name_levels(hierarchy);
  const auto level = std::ranges::find(levels, name, &NamedLevel::name);
  if (level == levels.end()) return gap(Gap::kNotMeasurable, "there is no level called " + name);
  if (!level->plateau) return gap(Gap::kNotMeasurable, level->reason);
  Measured measured;
  measured.noun = level->text + " level";
  measured.estimate = as_estimate(*level->plateau);
  measured.method = "median over the rounds of the median over the plateau's sizes, order statistics";
  measured.note = fmt::format("plateau {} to {}", with_unit(static_cast<double>(level->plateau->from_bytes), "bytes"),
                              with_unit(static_cast<double>(level->plateau->to_bytes), "bytes"));
  return measured;
}

Measured measure_cliff(const Hierarchy& hierarchy, const std::string& name) {
  const auto cliffs = name_cliffs(hierarchy);
  const auto named = std::ranges::find(cliffs, name, &NamedCliff::name);
  if (named == cliffs.end()) return gap(Gap::kNotMeasurable, "there is no cliff called " + name);
  if (!named->cliff) return gap(Gap::kNotMeasurable, named->reason);
  const Cliff& cliff = *named->cliff;
  if (cliff.bytes == 0) {
    return gap(Gap::kUndecided,
               fmt::format("the curve crosses between {} and {}: {}", with_unit(cliff.low_bytes, "bytes"),
                           with_unit(cliff.high_bytes, "bytes"), cliff.reason));
  }
  Measured measured;
  measured.noun = named->text + " size";
  // The size is the one usual size that the interval of the crossing holds, so the interval has done its work.
  measured.estimate.value = measured.estimate.low = measured.estimate.high = static_cast<double>(cliff.bytes);
  measured.estimate.n = cliff.n;
  measured.estimate.coverage = cliff.coverage;
  measured.method = "crossing of the geometric mean of two plateaus by round, order statistics, snapped";
  measured.note = fmt::format("the curve crosses between {} and {}", with_unit(cliff.low_bytes, "bytes"),
                              with_unit(cliff.high_bytes, "bytes"));
  return measured;
}

/// Smallest ratio of neighbouring levels, paired by round.
Measured measure_monotone(const Hierarchy& hierarchy, const std::vector<std::string>& names) {
  std::vector<NamedLevel> present;
  std::string missing;
  for (const auto& level : name_levels(hierarchy)) {
    if (std::ranges::find(names, level.name) == names.end()) continue;
    if (level.plateau) {
      present.push_back(level);
    } else {
      missing += (missing.empty() ? "" : ", ") + level.text;
    }
  }
  if (present.size() < 2)
    return gap(Gap::kNotMeasurable, "fewer than two levels were found; without a plateau: " + missing);
  Measured measured;
  measured.noun = "smallest step between neighbouring levels";
  measured.method = "ratio of neighbouring levels paired by round, order statistics";
  if (!missing.empty()) measured.note = "without a plateau: " + missing;
  for (std::size_t i = 1; i < present.size(); ++i) {
    const Estimate step = estimate_ratio(present[i].plateau->by_round, present[i - 1].plateau->by_round);
    if (step.n == 0)
      return gap(Gap::kUndecided, "no round has both " + present[i - 1].text + " and " + present[i].text);
    if (i == 1 || step.low < measured.estimate.low) measured.estimate = step;
  }
  return measured;
}

Measured measure_on_curve(const Metric& metric, const std::string& scenario, const Evidence& evidence, Curves& curves) {
  const std::string& label = metric.cases.front();
  const Curve& curve = curves.of({scenario, label, metric.axis, metric.counter});
  if (curve.points.empty()) {
    const auto labelled = evidence.labelled(scenario, label);
    const CaseEvidence* first = labelled.empty() ? nullptr : evidence.find(labelled.front()->key);
    return first == nullptr ? gap(Gap::kLeftOut, left_out_text(evidence.run(), scenario, label))
                            : gap_of_case(*first, metric.counter);
  }
  if (metric.kind == Metric::Kind::kLevel)
    return measure_level(curve.hierarchy, metric.levels.empty() ? "" : metric.levels.front());
  if (metric.kind == Metric::Kind::kCliff) return measure_cliff(curve.hierarchy, metric.which);
  return measure_monotone(curve.hierarchy, metric.levels);
}

}  // namespace

Evaluation evaluate(const Metric& metric, const std::string& scenario, const Evidence& evidence, Curves& curves) {
  switch (metric.kind) {
    case Metric::Kind::kValue:
    case Metric::Kind::kRatio:
    case Metric::Kind::kDifference:
      return evaluate_at_places(metric, scenario, evidence, curves);
    case Metric::Kind::kLevel:
    case Metric::Kind::kCliff:
    case Metric::Kind::kMonotone:
      return {{measure_on_curve(metric, scenario, evidence, curves)}, false};
    case Metric::Kind::kInverseFit:
    case Metric::Kind::kLinearity:
      return {{measure_over_axis(metric, scenario, evidence)}, false};
  }
  return {{gap(Gap::kNotMeasurable, "unknown metric")}, false};
}

}  // namespace unitcost
