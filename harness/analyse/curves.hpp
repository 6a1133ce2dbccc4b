#pragma once
// Hierarchies of the run's curves, found once each.
#include <compare>
#include <map>
#include <string>
#include <vector>

#include "harness/analyse/evidence.hpp"
#include "harness/stats/hierarchy.hpp"

namespace unitcost {

/// Which curve: a label of a scenario over one axis, read by one counter.
struct CurveName {
  std::string scenario;
  std::string label;
  std::string axis;
  std::string counter;
  // NOLINTNEXTLINE(modernize-use-nullptr): version 14 takes the zeros of the comparison that the compiler writes for null pointers.
  auto operator<=>(const CurveName&) const = default;
};

struct Curve {
  CurveName name;
  std::vector<CurvePoint> points;  ///< ascending; sizes without blocks are left out
  Hierarchy hierarchy;             ///< empty when there are no points
};

/// A view on the evidence, which must outlive it.
class Curves {
 public:
  explicit Curves(const Evidence& evidence) : evidence_(&evidence) {}

  const Curve& of(const CurveName& name);
  /// The curve that the positions "past-last-cache" and "half-first-cache" of a scenario refer to: of its own `cliff_case`, else that of
  /// memory/cache_cliffs. Null when the run has neither.
  const Curve* of_scenario(const std::string& scenario);

 private:
  const Evidence* evidence_;
  std::map<CurveName, Curve> found_;
};

constexpr const char* kHierarchyScenario = "memory/cache_cliffs";

}  // namespace unitcost
