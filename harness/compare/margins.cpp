#include "harness/compare/margins.hpp"

#include <string_view>

namespace unitcost {

bool fits(const std::string& pattern, const std::string& key) {
  if (!pattern.ends_with('*')) return pattern == key;
  return key.starts_with(std::string_view(pattern).substr(0, pattern.size() - 1));
}

double Margins::of(const std::string& key) const {
  for (const auto& [pattern, ratio] : of_cases) {
    if (fits(pattern, key)) return ratio;
  }
  return usual_ratio;
}

}  // namespace unitcost
