#pragma once
// The labels of a plan alone: runs of one version share them.
#include <vector>

#include "harness/base/json.hpp"
#include "harness/plan/plan.hpp"

namespace unitcost {

std::vector<LabelledCase> labels_from_json(const JsonIn& in);

}  // namespace unitcost
