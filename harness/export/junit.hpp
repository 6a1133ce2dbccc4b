#pragma once
// JUnit XML: testsuites, testsuite, testcase with failure, error or skipped.
#include <string>
#include <vector>

namespace unitcost {

struct JunitCase {
  enum class State { kPassed, kFailed, kError, kSkipped };
  std::string suite;  ///< classname
  std::string name;
  std::string word;  ///< type of a failure: "regression", "refuted"
  std::string text;  ///< one sentence; shown with passed ones too
  State state = State::kPassed;
};

struct JunitSuite {
  std::string name;
  std::vector<JunitCase> cases;
};

std::string junit_text(const std::vector<JunitSuite>& suites);

}  // namespace unitcost
