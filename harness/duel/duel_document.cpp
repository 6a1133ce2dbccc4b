#include "harness/duel/duel_document.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "harness/analyse/analyse.hpp"
#include "harness/analyse/document.hpp"
#include "harness/analyse/machine_facts.hpp"
#include "harness/analyse/wording.hpp"
#include "harness/duel/duel_method.hpp"
#include "harness/duel/duel_reason.hpp"
#include "harness/duel/link_orders_json.hpp"
#include "harness/stats/order_statistics.hpp"
#include "harness/stats/power.hpp"
#include "harness/store/facts_json.hpp"
#include "unitcost_build_info.hpp"

namespace unitcost {
namespace {

namespace json = boost::json;

json::value share_json(double log_effect) { return number_json(std::expm1(log_effect)); }

json::object evidence_json(const PairedEvidence& evidence) {
  const Estimate& ratio = evidence.ratio;
  const bool is_enough = evidence.has_interval();
  return {{"ratio", number_json(ratio.value)},
          {"interval", is_enough ? interval_json(ratio.low, ratio.high) : json::value(nullptr)},
          {"coverage", number_json(is_enough ? ratio.coverage : std::nan(""))},
          {"n", ratio.n},
          {"lag1", number_json(ratio.lag1)},
          {"widened", ratio.widened},
          {"contaminated", evidence.contaminated},
          {"sd", number_json(is_enough ? evidence.sd : std::nan(""))},
          {"p", number_json(evidence.p)},
          {"p_holm", number_json(evidence.p_holm)}};
}

/// Median over pairs of the median of either side's slices: what the case costs, beside how much more.
double typical_cost(const LoadedDuel& duel, const DuelCase& duel_case, PairKind kind, std::size_t side) {
  std::vector<double> medians;
  for (const Pair& pair : duel.pairs) {
    const auto found = pair.slices.at(side).find(duel_case.counter);
    if (pair.case_key == duel_case.planned.key && pair.kind == kind && found != pair.slices.at(side).end() &&
        !found->second.empty())
      medians.push_back(median(found->second));
  }
  return median(medians);
}

json::object head_json(const JudgedCase& judged) {
  const DuelCase& duel_case = *judged.duel_case;
  return {{"key", duel_case.planned.key},
          {"program", duel_case.planned.program},
          {"name", duel_case.planned.name},
          {"counter", duel_case.counter},
          {"unit", unit_of_counter(duel_case.counter)},
          {"token", duel_case.has_token},
          {"slices", duel_case.slices},
          {"iterations", duel_case.planned.iterations},
          {"pair_s", number_json(duel_case.planned.expected_s)}};
}

json::object case_json(const LoadedDuel& duel, const JudgedCase& judged) {
  json::object row = head_json(judged);
  row["a"] = number_json(typical_cost(duel, *judged.duel_case, PairKind::kDuel, kA));
  row["b"] = number_json(typical_cost(duel, *judged.duel_case, PairKind::kDuel, kB));
  row["outcome"] = outcome_text(judged.outcome);
  row["reason"] = reason_of(judged);
  for (const auto& member : evidence_json(judged.duel)) row[member.key()] = member.value();
  row["failed"] = judged.failed_in_b;
  row["q"] = number_json(judged.q);
  row["marked"] = judged.q <= kFamilyLevel;
  row["margin"] = share_json(judged.margin);
  row["pooled_sd"] = number_json(judged.sd);
  row["visible"] = share_json(judged.visible);
  const bool is_open = judged.outcome == DuelOutcome::kInconclusive && judged.more_pairs.has_value();
  row["more_pairs"] = is_open ? json::value(*judged.more_pairs) : json::value(nullptr);
  row["more_s"] =
      is_open ? number_json(2.0 * *judged.more_pairs * judged.duel_case->planned.expected_s) : json::value(nullptr);
  row["link_orders"] = link_orders_json(duel.record, judged);
  row["control"] = evidence_json(judged.control);
  row["control_fired"] = judged.control_fired;
  return row;
}

json::object pilot_json(const LoadedDuel& duel, const PilotCase& pilot) {
  json::object row = head_json(*pilot.judged);
  row["a"] = number_json(typical_cost(duel, *pilot.judged->duel_case, PairKind::kControl, kA));
  for (const auto& member : evidence_json(pilot.judged->control)) row[member.key()] = member.value();
  row["link_orders"] = link_orders_json(duel.record, *pilot.judged);
  json::array needs;
  for (std::size_t at = 0; at < kPilotEffects.size(); ++at) {
    const Need& need = pilot.needs[at];
    needs.push_back(json::object{{"effect", kPilotEffects.at(at)},
                                 {"pairs", need.pairs ? json::value(*need.pairs) : json::value(nullptr)},
                                 {"seconds", need.pairs ? number_json(need.seconds) : json::value(nullptr)}});
  }
  row["needs"] = std::move(needs);
  return row;
}

json::object side_json(const DuelSide& side) {
  json::object digests;
  for (const auto& [program, digest] : side.digests) digests[program] = digest;
  return {{"name", side.name}, {"commit", side.commit}, {"digests", std::move(digests)}};
}

/// Over the cases that are shown.
PairsMeasured pairs_measured(const JudgedDuel& judged, bool pilot) {
  PairsMeasured found;
  for (const JudgedCase& each : judged.cases) {
    const int n = (pilot ? each.control : each.duel).ratio.n;
    found.least = &each == &judged.cases.front() ? n : std::min(found.least, n);
    found.most = std::max(found.most, n);
  }
  return found;
}

json::object duel_json(const LoadedDuel& duel, const PairsMeasured& measured) {
  const DuelRecord& record = duel.record;
  RunRecord named;  // for the line alone
  named.machine = record.machine;
  named.started_utc = record.started_utc;
  int contaminated = 0;
  int failed = 0;
  for (const Pair& pair : duel.pairs) {
    if (!pair.contaminated.empty()) ++contaminated;
    if (pair.outcome != Outcome::kMeasured) ++failed;
  }
  return {{"id", duel.id},
          {"machine_id", record.machine_id},
          {"label", record.label},
          {"status", record.status},
          {"started_utc", record.started_utc},
          {"ended_utc", record.ended_utc},
          {"wall_s", number_json(record.wall_s)},
          {"seed", record.plan.seed},
          {"profile", record.plan.profile},
          {"only", texts_json(record.plan.only)},
          {"pairs", record.plan.pairs},
          {"pairs_run", duel.pairs.size()},
          {"contaminated", contaminated},
          {"failed", failed},
          {"a", side_json(record.sides[kA])},
          {"b", side_json(record.sides[kB])},
          {"layout", layout_text(record.plan.layouts)},
          {"layouts", record.plan.layouts},
          {"machine", facts_to_json(record.machine)},
          {"build", facts_to_json(record.build)},
          {"warnings", texts_json(record.warnings)},
          {"line", machine_line(named)},
          {"foot", foot_text(record.plan, measured, machine_line(named))}};
}

json::object summary_json(const JudgedDuel& judged) {
  json::object summary{{"cases", judged.cases.size()}};
  for (const DuelOutcome outcome :
       {DuelOutcome::kRegression, DuelOutcome::kImprovement, DuelOutcome::kEquivalent, DuelOutcome::kInconclusive}) {
    summary[outcome_text(outcome)] =
        std::ranges::count_if(judged.cases, [&](const JudgedCase& each) { return each.outcome == outcome; });
  }
  summary["not_compared"] = judged.not_compared.size();
  return summary;
}

}  // namespace

json::value duel_document(const LoadedDuel& duel) {
  const JudgedDuel judged = judge_duel(duel.record, duel.pairs);
  const bool pilot = duel.record.plan.pilot;
  json::array cases;
  if (pilot) {
    for (const PilotCase& each : pilot_needs(judged)) cases.push_back(pilot_json(duel, each));
  } else {
    for (const JudgedCase& each : judged.cases) cases.push_back(case_json(duel, each));
  }
  json::array not_compared;
  for (const DuelCase* each : judged.not_compared) {
    const std::string& dropped = each->planned.dropped;
    not_compared.push_back(json::object{{"key", each->planned.key},
                                        {"reason", dropped.empty() ? "no pair was measured" : dropped},
                                        {"in_a", each->is_measurable_in_a}});
  }
  json::object document{{"schema", 1}, {"tool", UNITCOST_VERSION}, {"kind", pilot ? "pilot" : "duel"}};
  const PairsMeasured measured = pairs_measured(judged, pilot);
  document["duel"] = duel_json(duel, measured);
  document["method"] = method_text(duel.record.plan, measured);
  document["rule"] = json::object{{"least_margin", share_json(kLeastMargin)},
                                  {"most_margin", share_json(kMostMargin)},
                                  {"level", kFamilyLevel},
                                  {"power", kWantedPower},
                                  {"least_pairs", kLeastGatedPairs}};
  document["gateable"] = judged.not_gateable.empty();
  document["not_gateable"] = judged.not_gateable;
  document["controls_fired"] = texts_json(judged.fired);
  if (!pilot) document["summary"] = summary_json(judged);
  document["cases"] = std::move(cases);
  document["not_compared"] = std::move(not_compared);
  document["only_in_a"] = texts_json(duel.record.plan.only_in_a);
  document["only_in_b"] = texts_json(duel.record.plan.only_in_b);
  return with_id(document);
}

}  // namespace unitcost
