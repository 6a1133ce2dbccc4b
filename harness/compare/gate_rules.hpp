#pragma once
// The rules of a gate, as a project keeps them beside its code (docs/ci.md, "Rules").
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "harness/compare/margins.hpp"

namespace unitcost {

/// A change for the worse that was accepted until a day.
struct Accepted {
  std::string pattern;  ///< a case's key, or its beginning with `*`
  std::string commit;   ///< that brought the change
  std::string until;    ///< last day, "2026-12-31"
  std::string reason;
  std::optional<double> at_most_ratio;  ///< beyond this worsening it is no longer the accepted change
  int line = 0;
};

struct GateRules {
  Margins margins;
  std::vector<Accepted> accepted;
};

/// Throws BadInput with every fault of the file and its line.
GateRules parse_gate_rules(std::string_view toml, const std::string& file);

}  // namespace unitcost
