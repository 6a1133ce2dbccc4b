#include "harness/export/junit.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "harness/export/escape.hpp"

namespace unitcost {
namespace {

using State = JunitCase::State;

/// The counts that a suite, or all of them, states.
struct Counts {
  std::size_t tests = 0;
  std::size_t failures = 0;
  std::size_t errors = 0;
  std::size_t skipped = 0;

  void add(const JunitSuite& suite) {
    const auto count = [&](State state) {
      return static_cast<std::size_t>(std::ranges::count(suite.cases, state, &JunitCase::state));
    };
    tests += suite.cases.size();
    failures += count(State::kFailed);
    errors += count(State::kError);
    skipped += count(State::kSkipped);
  }
  [[nodiscard]] std::string attributes() const {
    return fmt::format("tests=\"{}\" failures=\"{}\" errors=\"{}\" skipped=\"{}\"", tests, failures, errors, skipped);
  }
};

std::string inside(const JunitCase& test) {
  const std::string text = xml_escaped(test.text);
  const std::string word = xml_escaped(test.word);
  switch (test.state) {
    case State::kFailed:
      return fmt::format("<failure type=\"{}\" message=\"{}\">{}</failure>", word, text, text);
    case State::kError:
      return fmt::format("<error type=\"{}\" message=\"{}\">{}</error>", word, text, text);
    case State::kSkipped:
      return fmt::format("<skipped message=\"{}\"/>", text);
    case State::kPassed:
      return text.empty() ? "" : fmt::format("<system-out>{}</system-out>", text);
  }
  return "";
}

}  // namespace

std::string junit_text(const std::vector<JunitSuite>& suites) {
  Counts all;
  for (const JunitSuite& suite : suites) all.add(suite);
  std::string text =
      fmt::format("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"unitcost\" {}>\n", all.attributes());
  for (const JunitSuite& suite : suites) {
    Counts counts;
    counts.add(suite);
    text += fmt::format("  <testsuite name=\"{}\" {}>\n", xml_escaped(suite.name), counts.attributes());
    for (const JunitCase& test : suite.cases) {
      text += fmt::format("    <testcase classname=\"{}\" name=\"{}\" time=\"0\">{}</testcase>\n",
                          xml_escaped(test.suite), xml_escaped(test.name), inside(test));
    }
    text += "  </testsuite>\n";
  }
  return text + "</testsuites>\n";
}

}  // namespace unitcost
