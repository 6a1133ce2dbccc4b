#include "harness/compare/session.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "harness/stats/order_statistics.hpp"

namespace unitcost {

std::string source_text(Session::Source source) {
  switch (source) {
    case Session::Source::kRun:
      return "run";
    case Session::Source::kGoogleBenchmark:
      return "google-benchmark";
    case Session::Source::kPyperf:
      return "pyperf";
    case Session::Source::kHyperfine:
      return "hyperfine";
  }
  return "";
}

std::string commit_of(const Session& session) {
  const auto found = session.facts.find("commit");
  if (found == session.facts.end() || !found->second.value.is_string()) return "";
  return std::string(found->second.value.get_string());
}

double spread_of(const std::vector<double>& values) {
  constexpr double kNormalFactor = 1.4826;
  const bool has_logarithms = std::ranges::all_of(values, [](double value) { return value > 0.0; });
  if (values.size() < 2 || !has_logarithms) return std::numeric_limits<double>::quiet_NaN();
  std::vector<double> logarithms;
  for (const double value : values) logarithms.push_back(std::log(value));
  const double centre = median(logarithms);
  for (double& logarithm : logarithms) logarithm = std::abs(logarithm - centre);
  return kNormalFactor * median(logarithms);
}

}  // namespace unitcost
