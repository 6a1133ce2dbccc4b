#include "harness/duel/link_orders_json.hpp"

#include <cmath>

#include <fmt/format.h>
#include <boost/json/object.hpp>

#include "harness/analyse/document.hpp"
#include "harness/stats/paired_levels.hpp"

namespace unitcost {

std::string layout_text(int layouts) {
  return layouts == 0 ? "not tested" : fmt::format("{} link orders a side", layouts);
}

boost::json::value link_orders_json(const DuelRecord& record, const JudgedCase& judged) {
  if (record.plan.layouts == 0) return nullptr;
  const std::string& program = judged.duel_case->planned.program;
  const PairedEvidence& control = judged.control;
  std::vector<LevelPair> pairs;
  for (std::size_t at = 0; at < control.logs.size(); ++at)
    pairs.push_back({control.layouts[at][kA], control.layouts[at][kB], control.logs[at]});
  const PairedLevels found = paired_levels(pairs);
  boost::json::object json{{"a", link_orders_of(record.sides[kA], program)},
                           {"b", record.plan.pilot ? boost::json::value(nullptr)
                                                   : boost::json::value(link_orders_of(record.sides[kB], program))},
                           {"sd", number_json(found.sd)},
                           {"sd_interval", interval_json(found.sd_low, found.sd_high)},
                           {"pair_sd", number_json(found.noise_sd)}};
  const auto name = [&](int order) {
    return found.is_known() ? boost::json::value(order) : boost::json::value(nullptr);
  };
  json["fastest"] = name(found.lowest);
  json["slowest"] = name(found.highest);
  json["ratio"] = number_json(std::exp(found.largest));
  json["interval"] = interval_json(std::exp(found.low), std::exp(found.high));
  return json;
}

}  // namespace unitcost
