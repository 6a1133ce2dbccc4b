#pragma once
// What a claim's metric comes to on this run: one number with its interval at every place that the metric looks at.
#include <map>
#include <string>
#include <vector>

#include "harness/analyse/curves.hpp"
#include "harness/analyse/evidence.hpp"

namespace unitcost {

/// Why there is no number, or no judgement on it.
enum class Gap {
  kNone,
  kNotMeasurable,  ///< this machine cannot test it
  kLeftOut,        ///< this run has no such case: the profile or --only left it out
  kUndecided,      ///< a case failed, or the number is not certain (a cliff between two sizes)
};

struct Measured {
  Gap gap = Gap::kNone;
  std::string reason;  ///< of the gap
  Estimate estimate;   ///< n = 0 with a gap that has no number
  std::string noun;    ///< what the number is: "median", "ratio"
  std::string method;
  std::string note;                       ///< what a reader should know besides; may be empty
  std::map<std::string, std::string> at;  ///< axes that were resolved
  std::string key;                        ///< of the first case, for provenance; empty for kinds over an axis
};

struct Evaluation {
  std::vector<Measured> parts;  ///< one; several when swept; never empty
  bool is_swept = false;
};

Evaluation evaluate(const Metric& metric, const std::string& scenario, const Evidence& evidence, Curves& curves);

}  // namespace unitcost
