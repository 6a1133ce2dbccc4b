#include "harness/analyse/noise.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <string>

#include "harness/analyse/document.hpp"
#include "harness/analyse/machine_facts.hpp"

namespace unitcost {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

/// Seconds since 1970 of "2026-01-02T03:04:05Z", with or without a fraction; NaN for another text.
double seconds_of(const std::string& utc) {
  const auto part = [&](std::size_t at, std::size_t length) -> std::optional<int> {
    int number = 0;
    for (std::size_t i = at; i < at + length; ++i) {
      if (i >= utc.size() || utc[i] < '0' || utc[i] > '9') return std::nullopt;
      number = number * 10 + (utc[i] - '0');
    }
    return number;
  };
  const auto year = part(0, 4);
  const auto month = part(5, 2);
  const auto day = part(8, 2);
  const auto hour = part(11, 2);
  const auto minute = part(14, 2);
  const auto second = part(17, 2);
  if (!year || !month || !day || !hour || !minute || !second || *month < 1) return kNaN;
  const int shifted_year = *month <= 2 ? *year - 1 : *year;  // years that begin in March: leap days come last
  const int shifted_month = (*month + 9) % 12;
  const int days = 365 * shifted_year + shifted_year / 4 - shifted_year / 100 + shifted_year / 400 +
                   (shifted_month * 306 + 5) / 10 + *day - 1;
  double fraction = 0.0;
  double step = 0.1;
  for (std::size_t i = 20; i < utc.size() && utc[19] == '.' && utc[i] >= '0' && utc[i] <= '9'; ++i, step /= 10.0)
    fraction += step * (utc[i] - '0');
  return static_cast<double>(days - 719468) * 86400.0 + *hour * 3600.0 + *minute * 60.0 + *second + fraction;
}

double reading(const Block& block, const std::string& name) {
  const auto found = block.covariates.readings.find(name);
  return found != block.covariates.readings.end() && found->second ? *found->second : kNaN;
}

/// Mean of the references before and after, as a share of the run's; the one that is there when the other is not.
double reference_ratio(const Block& block, double reference_ns) {
  const double before = reading(block, "reference_before_ns");
  const double after = reading(block, "reference_after_ns");
  if (!(reference_ns > 0.0)) return kNaN;
  if (std::isnan(before)) return after / reference_ns;
  if (std::isnan(after)) return before / reference_ns;
  return (before + after) / 2.0 / reference_ns;
}

}  // namespace

boost::json::object noise_json(const RunRecord& run, const std::vector<Block>& blocks) {
  std::vector<const Block*> ordered;
  for (const auto& block : blocks) ordered.push_back(&block);
  std::ranges::stable_sort(ordered, {}, &Block::position);
  const double start = seconds_of(run.started_utc);
  boost::json::array points;
  for (const Block* block : ordered) {
    points.push_back(
        boost::json::object{{"t_s", number_json(seconds_of(block->started_utc) - start)},
                            {"position", block->position},
                            {"reference_ratio", number_json(reference_ratio(*block, run.reference_median_ns))},
                            {"steal_ticks", number_json(reading(*block, "steal_ticks"))},
                            {"contaminated", !block->contaminated.empty()}});
  }
  FootFacts facts;
  facts.subject = "a fixed piece of spinning before and after every block, 1 = its median in round 0";
  return {{"reference_ns", number_json(run.reference_median_ns)},
          {"points", std::move(points)},
          {"foot", foot_text(facts, run.plan.preview, machine_line(run))}};
}

}  // namespace unitcost
