#include "harness/analyse/claims_json.hpp"

#include <limits>

#include "harness/analyse/document.hpp"

namespace unitcost {
namespace {

boost::json::value edge_json(const std::optional<double>& edge) {
  return edge ? number_json(*edge) : boost::json::value(nullptr);
}

boost::json::value guard_json(const std::optional<JudgedGuard>& guard) {
  if (!guard) return nullptr;
  return boost::json::object{{"text", guard->text},
                             {"value", number_json(guard->estimate.value)},
                             {"interval", interval_json(guard->estimate.low, guard->estimate.high)},
                             {"passed", guard->passed}};
}

boost::json::array parts_json(const JudgedClaim& judged) {
  boost::json::array parts;
  if (!judged.is_swept) return parts;
  for (const auto& part : judged.parts) {
    const Estimate& estimate = part.measured.estimate;
    parts.push_back(boost::json::object{{"at", axes_json(part.measured.at)},
                                        {"value", number_json(estimate.value)},
                                        {"interval", interval_json(estimate.low, estimate.high)},
                                        {"verdict", verdict_text(part.verdict)}});
  }
  return parts;
}

boost::json::object claim_json(const JudgedClaim& judged, bool guest) {
  const Claim& claim = *judged.claim;
  const Measured& first = judged.parts.front().measured;
  const Estimate estimate =
      judged.parts.size() == 1 ? first.estimate : Estimate{};  // several places have no one number
  boost::json::object json;
  json["id"] = claim.id;
  json["variant"] = claim.variant;
  json["scenario"] = judged.scenario;
  json["source"] = boost::json::object{{"key", claim.source_key}, {"section", claim.source_section}};
  json["says"] = text_json(claim.says);
  json["expected"] = expected_text(claim.expect, judged.edges, claim.unit);
  json["expected_low"] = edge_json(judged.edges.low);
  json["expected_high"] = edge_json(judged.edges.high);
  json["verdict"] = verdict_text(judged.verdict);
  json["value"] = number_json(estimate.value);
  json["interval"] = interval_json(estimate.low, estimate.high);
  json["unit"] = claim.unit;
  json["n"] = estimate.n;
  json["coverage"] = estimate.n > 0 ? boost::json::value(estimate.coverage) : boost::json::value(nullptr);
  json["method"] = first.method;
  json["reason"] = judged.reason;
  json["control"] = guard_json(judged.control);
  json["ceiling"] = guard_json(judged.ceiling);
  json["parts"] = parts_json(judged);
  json["conflicts"] = texts_json(claim.conflicts);
  json["guest"] = guest;
  if (judged.is_left_out) json["left_out"] = true;
  return json;
}

}  // namespace

boost::json::array claims_json(const std::vector<JudgedClaim>& claims, bool guest) {
  boost::json::array json;
  for (const auto& judged : claims) json.push_back(claim_json(judged, guest));
  return json;
}

boost::json::array summaries_json(const std::vector<ClaimSummary>& summaries) {
  boost::json::array json;
  for (const auto& summary : summaries) {
    json.push_back(boost::json::object{{"id", summary.id},
                                       {"verdict", verdict_text(summary.verdict)},
                                       {"variants", texts_json(summary.variants)},
                                       {"holds_for", texts_json(summary.holds_for)},
                                       {"refuted_for", texts_json(summary.refuted_for)}});
  }
  return json;
}

}  // namespace unitcost
