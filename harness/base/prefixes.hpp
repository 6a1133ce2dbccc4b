#pragma once
// Choosing by how a name begins: `--only`, and what profiles take and leave out.
#include <algorithm>
#include <string>
#include <vector>

namespace unitcost {

inline bool starts_with_any(const std::string& text, const std::vector<std::string>& prefixes) {
  return std::any_of(prefixes.begin(), prefixes.end(),
                     [&text](const std::string& prefix) { return text.starts_with(prefix); });
}

/// Nothing asked for is everything asked for.
inline bool is_asked_for(const std::string& text, const std::vector<std::string>& only) {
  return only.empty() || starts_with_any(text, only);
}

}  // namespace unitcost
