#pragma once
// Where on its axes a metric looks: resolves `at` to one case a label ("past-last-cache" -> 512 MiB on this machine).
#include <map>
#include <string>
#include <vector>

#include "harness/analyse/curves.hpp"
#include "harness/analyse/evidence.hpp"

namespace unitcost {

/// One place: the case of each label there.
struct Place {
  std::map<std::string, std::string> at;   ///< the axes that `at` fixed
  std::vector<const CaseEvidence*> cases;  ///< one a label, in the order of the metric; never null
};

struct Places {
  std::vector<Place> places;
  bool is_swept = false;     ///< `at` says "each": the claim may hold in part
  std::string problem;       ///< why there is no place; then `places` is empty
  bool is_left_out = false;  ///< because the plan has no such case
};

/// `labels` of `scenario`. An axis of `at` that a label does not have does not bind that label.
Places resolve_places(const Evidence& evidence, Curves& curves, const std::string& scenario,
                      const std::vector<std::string>& labels, const At& at);

}  // namespace unitcost
