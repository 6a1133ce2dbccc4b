#pragma once
// A scenario of a handful of cases, for claims about them.
#include <string>

#include "tests/harness/analyse/synthetic_run.hpp"

namespace unitcost::testing_support {

/// A scenario with the claims of `body` over a handful of cases.
inline std::string scenario_with(const std::string& body) {
  return R"(
schema = 1
question = "What?"
why = "Why."
reading = "How."
[cases]
plain = "work/kind:plain"
other = "work/kind:other"
native_1 = "native/threads:1"
native_n = "native/threads:2"
swept = "swept/threads:{threads}"
base = "swept_base/threads:{threads}"
[axis.threads]
values = [1, 2, 4]
)" + body;
}

inline std::string claim_with(const std::string& metric, const std::string& expect, const std::string& more = "",
                              const std::string& variant = "") {
  return "\n[[claim]]\nid = \"test.claim\"\n" + (variant.empty() ? "" : "variant = \"" + variant + "\"\n") +
         "source = { key = \"ours\" }\nsays = \"So.\"\nmetric = " + metric + "\nexpect = " + expect + "\n" + more +
         "\n";
}

inline SyntheticRun run_with(const std::string& claims) {
  SyntheticRun run;
  run.add(scenario_with(claims), "test/claims");
  return run;
}

inline const std::string kPlainValue = R"({ value = "plain", counter = "op_ns" })";

}  // namespace unitcost::testing_support
