#include "harness/duel/pair.hpp"

#include <cmath>
#include <limits>

#include <fmt/format.h>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "harness/base/error.hpp"
#include "harness/stats/order_statistics.hpp"

namespace unitcost {
namespace {

namespace json = boost::json;

const char* side_text(std::size_t side) { return side == kA ? "a" : "b"; }

std::size_t side_from_json(const JsonIn& in) {
  const std::string side = in.text();
  if (side != "a" && side != "b") throw BadInput(fmt::format("{}: '{}' is none of a, b", in.path(), side));
  return side == "a" ? kA : kB;
}

PairKind kind_from_json(const JsonIn& in) {
  const std::string kind = in.text();
  if (kind == kind_text(PairKind::kDuel)) return PairKind::kDuel;
  if (kind == kind_text(PairKind::kControl)) return PairKind::kControl;
  throw BadInput(fmt::format("{}: '{}' is none of duel, control", in.path(), kind));
}

}  // namespace

const char* kind_text(PairKind kind) { return kind == PairKind::kDuel ? "duel" : "control"; }

json::value to_json(const Pair& pair) {
  return json::object{{"case", pair.case_key},
                      {"kind", kind_text(pair.kind)},
                      {"round", pair.round},
                      {"attempt", pair.attempt},
                      {"position", pair.position},
                      {"started_utc", pair.started_utc},
                      {"started_first", side_text(pair.started_first)},
                      {"moved_first", side_text(pair.moved_first)},
                      {"layouts", json::object{{"a", pair.layouts[kA]}, {"b", pair.layouts[kB]}}},
                      {"outcome", outcome_text(pair.outcome)},
                      {"reason", pair.reason},
                      {"ends", json::object{{"a", to_json(pair.ends[kA])}, {"b", to_json(pair.ends[kB])}}},
                      {"iterations", pair.iterations},
                      {"slices", json::object{{"a", to_json(pair.slices[kA])}, {"b", to_json(pair.slices[kB])}}},
                      {"covariates", to_json(pair.covariates)},
                      {"contaminated", json::array(pair.contaminated.begin(), pair.contaminated.end())}};
}

Pair pair_from_json(const json::value& value) {
  const JsonIn in(value, "pair");
  Pair pair;
  pair.case_key = in.at("case").text();
  pair.kind = kind_from_json(in.at("kind"));
  pair.round = in.at("round").small_integer();
  pair.attempt = in.at("attempt").small_integer();
  pair.position = in.at("position").small_integer();
  pair.started_utc = in.at("started_utc").text();
  pair.started_first = side_from_json(in.at("started_first"));
  pair.moved_first = side_from_json(in.at("moved_first"));
  if (const auto layouts = in.find("layouts"))  // older duels have none
    pair.layouts = {layouts->at("a").small_integer(), layouts->at("b").small_integer()};
  pair.outcome = outcome_from_json(in.at("outcome"));
  pair.reason = in.at("reason").text();
  pair.ends = {child_end_from_json(in.at("ends").at("a")), child_end_from_json(in.at("ends").at("b"))};
  pair.iterations = in.at("iterations").integer();
  pair.slices = {samples_from_json(in.at("slices").at("a")), samples_from_json(in.at("slices").at("b"))};
  pair.covariates = covariates_from_json(in.at("covariates"));
  pair.contaminated = in.at("contaminated").texts();
  return pair;
}

double log_ratio(const Pair& pair, const std::string& counter) {
  constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
  const auto a = pair.slices[kA].find(counter);
  const auto b = pair.slices[kB].find(counter);
  if (a == pair.slices[kA].end() || b == pair.slices[kB].end() || a->second.size() != b->second.size()) return kNone;
  std::vector<double> logs;
  for (std::size_t slice = 0; slice < a->second.size(); ++slice) {
    if (!(a->second[slice] > 0.0 && b->second[slice] > 0.0)) return kNone;
    logs.push_back(std::log(b->second[slice] / a->second[slice]));
  }
  return median(logs);
}

}  // namespace unitcost
