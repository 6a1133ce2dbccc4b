#pragma once
// How much a case may change before anybody wants to hear of it.
#include <string>
#include <utility>
#include <vector>

namespace unitcost {

constexpr double kUsualMarginRatio = 0.01;

struct Margins {
  double usual_ratio = kUsualMarginRatio;
  std::vector<std::pair<std::string, double>> of_cases;  ///< pattern -> margin; the first that fits counts

  [[nodiscard]] double of(const std::string& key) const;
};

/// A case's key, or the beginning of one with `*` behind it.
bool fits(const std::string& pattern, const std::string& key);

}  // namespace unitcost
