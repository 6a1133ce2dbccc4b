#include "harness/analyse/document.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace unitcost {

boost::json::value number_json(double value) {
  constexpr double kLargestWhole = 9007199254740992.0;  // 2^53: larger doubles are not exact counts
  if (!std::isfinite(value)) return nullptr;
  if (value == std::floor(value) && std::abs(value) < kLargestWhole) return static_cast<std::int64_t>(value);
  return value;
}

boost::json::value interval_json(double low, double high) {
  if (!std::isfinite(low) || !std::isfinite(high)) return nullptr;
  return boost::json::array{number_json(low), number_json(high)};
}

boost::json::value text_json(const Text& text) {
  boost::json::object json;
  for (const auto& [language, words] : text) json[language] = words;
  return json;
}

boost::json::array texts_json(const std::vector<std::string>& texts) {
  boost::json::array json;
  for (const auto& text : texts) json.emplace_back(text);
  return json;
}

boost::json::object axes_json(const std::map<std::string, std::string>& axes) {
  boost::json::object json;
  for (const auto& [axis, value] : axes) json[axis] = value;
  return json;
}

void FootFacts::count(const Estimate& estimate) {
  if (estimate.n == 0) return;
  least_n = least_n == 0 ? estimate.n : std::min(least_n, estimate.n);
  most_n = std::max(most_n, estimate.n);
  coverage = std::min(coverage, estimate.coverage);
}

std::string foot_text(const FootFacts& facts, bool preview, const std::string& machine_line) {
  std::vector<std::string> parts;
  if (preview) parts.emplace_back("preview");
  if (!facts.subject.empty()) parts.push_back(facts.subject);
  if (facts.most_n > 0) {
    parts.push_back(facts.least_n == facts.most_n
                        ? fmt::format("{} block{} a point", facts.most_n, facts.most_n == 1 ? "" : "s")
                        : fmt::format("{} to {} blocks a point", facts.least_n, facts.most_n));
    parts.push_back(fmt::format("{:.1f} % order-statistic interval", facts.coverage * 100.0));
  }
  parts.push_back(machine_line);
  std::string text;
  for (const auto& part : parts) text += (text.empty() ? "" : " · ") + part;
  return text;
}

}  // namespace unitcost
