#include "harness/export/results.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "harness/export/escape.hpp"
#include "tests/harness/compare/sides.hpp"

namespace unitcost {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing_support::around;
using testing_support::make_side;
using testing_support::options_today;
using testing_support::set_claim;
using testing_support::set_fact;

Results of_gate(const std::map<std::string, std::vector<double>>& baseline,
                const std::map<std::string, std::vector<double>>& fresh) {
  return results_of(gate({make_side("baseline", baseline)}, make_side("new", fresh), options_today()));
}

std::size_t occurrences(const std::string& text, const std::string& word) {
  std::size_t count = 0;
  for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) ++count;
  return count;
}

TEST(Results, TheWorstComesFirst) {
  const Results results =
      results_of({compare(make_side("a", {{"p:a", around(1)}, {"p:b", around(1)}, {"p:c", around(1)}}),
                          make_side("b", {{"p:a", around(1)}, {"p:b", around(0.5)}, {"p:c", around(3)}}), {})});
  EXPECT_EQ(results.tables[0].rows[0].key, "p:c");
  EXPECT_EQ(results.tables[0].rows[1].key, "p:b");
  EXPECT_EQ(results.tables[0].rows[2].word, "no relevant change");
}

TEST(Results, TextHasFactsFirstThenTheTableAndTheHeadlineLast) {
  Side a = make_side("a", {{"p:x", around(100)}});
  set_fact(a, "kernel", Fact::Kind::kSetUp, "6.1");
  Side b = make_side("b", {{"p:x", around(120)}});
  set_fact(b, "kernel", Fact::Kind::kSetUp, "6.2");
  const std::string text = results_text(results_of({compare(a, b, {})}), {});
  EXPECT_LT(text.find("6.1"), text.find("regression"));
  EXPECT_THAT(text, HasSubstr("slower: +20.0 %"));
  EXPECT_THAT(text, testing::EndsWith("0 inconclusive\n"));
  EXPECT_THAT(text, Not(HasSubstr("\x1b")));
  EXPECT_THAT(results_text(results_of({compare(a, b, {})}), {true}), HasSubstr("\x1b[31m"));
}

TEST(Results, NumbersReadAsPeopleSayThem) {
  const std::string text = results_text(results_of({compare(make_side("a", {{"p:x", {1e8, 1.01e8, 1.02e8}}}),
                                                            make_side("b", {{"p:x", {2e7, 1e9, 2e8}}}), {})}),
                                        {});
  EXPECT_THAT(text, HasSubstr("101 ms"));
  EXPECT_THAT(text, Not(HasSubstr("000 ns")));
  EXPECT_THAT(text, testing::ContainsRegex("\\[0\\.[0-9]+ ×, [0-9]+ ×\\]"));
  const std::string slower = results_text(
      results_of({compare(make_side("a", {{"p:x", around(1)}}), make_side("b", {{"p:x", around(3)}}), {})}), {});
  EXPECT_THAT(slower, HasSubstr(": 1 regression, 0 improvements, "));
}

TEST(Results, MarkdownStaysBelowItsLimitAndSaysWhatIsMissing) {
  std::map<std::string, std::vector<double>> before;
  std::map<std::string, std::vector<double>> after;
  for (int i = 0; i < 2000; ++i) {
    before["p:case/number:" + std::to_string(i)] = around(100);
    after["p:case/number:" + std::to_string(i)] = around(i == 1999 ? 150 : 100);
  }
  const std::string text = results_markdown(of_gate(before, after));
  EXPECT_LE(characters(text), kMostMarkdownCharacters);
  EXPECT_GT(characters(text), kMostMarkdownCharacters - 500);
  EXPECT_THAT(text, HasSubstr("lines were left out"));
  EXPECT_THAT(text, HasSubstr("number:1999")) << "the regression is not what is dropped";
  EXPECT_THAT(results_markdown(of_gate({{"p:x", around(1)}}, {{"p:x", around(1)}})), Not(HasSubstr("left out")));
}

TEST(Results, NamesOfCasesCannotBreakAnyFormat) {
  const std::string evil = "p:|<script>alert(1)</script>\n::error::owned @everyone `x` \"&";
  const Results results = of_gate({{evil, around(1)}}, {{evil, around(2)}});
  const std::string markdown = results_markdown(results);
  EXPECT_THAT(markdown, Not(HasSubstr("<script>")));
  EXPECT_THAT(markdown, Not(HasSubstr("@everyone")));
  for (const std::string& line : {std::string("\n::error::owned")}) EXPECT_THAT(markdown, Not(HasSubstr(line)));
  const std::string junit = results_junit(results);
  EXPECT_THAT(junit, Not(HasSubstr("<script>")));
  const std::string annotations = results_annotations(results);
  EXPECT_THAT(annotations, Not(HasSubstr("\n::error::owned")));
  EXPECT_EQ(occurrences(annotations, "\n"), 2U) << "a line for the regression and one for the whole";
  EXPECT_THAT(results_text(results, {}), Not(HasSubstr("\n::error::owned")));
}

TEST(Results, JunitFailsRegressionsOfAGateAndSkipsWhatIsOpen) {
  const Results results = of_gate({{"p:bad", around(1)}, {"p:good", around(1)}, {"p:gone", around(1)}},
                                  {{"p:bad", around(2)}, {"p:good", around(1)}});
  const std::string text = results_junit(results);
  EXPECT_EQ(occurrences(text, "<failure "), 1U);
  EXPECT_EQ(occurrences(text, "<skipped "), 1U);
  EXPECT_THAT(text, HasSubstr("tests=\"3\" failures=\"1\" errors=\"0\" skipped=\"1\""));
  const std::string compared = results_junit(
      results_of({compare(make_side("a", {{"p:x", around(1)}}), make_side("b", {{"p:x", around(2)}}), {})}));
  EXPECT_EQ(occurrences(compared, "<failure "), 0U) << "a comparison is no gate";
}

/// Four sessions a side that all judge one claim so.
Side claiming(const std::string& name, const std::string& claim, const std::string& verdict, int sessions = 4) {
  Side side = make_side(name, {{"memory/walk:x", around(1, sessions)}});
  set_claim(side, claim, std::vector<std::string>(side.sessions.size(), verdict));
  return side;
}

TEST(Results, JunitHasATestCaseAClaimAndFailsThoseThatAGateLost) {
  const auto of_gate = [](const Side& a, const Side& b) {
    return results_junit(results_of(gate({a}, b, options_today())));
  };
  const std::string evil = "memory.<walk> & \"co\"";
  const std::string lost = of_gate(claiming("baseline", evil, "holds"), claiming("new", evil, "refuted"));
  EXPECT_THAT(lost, HasSubstr("<testsuite name=\"claims: baseline to new\" tests=\"1\" failures=\"1\""));
  EXPECT_THAT(lost, HasSubstr("classname=\"claims.memory/walk\" name=\"memory.&lt;walk&gt; &amp; &quot;co&quot;\""));
  EXPECT_THAT(lost,
              HasSubstr("<failure type=\"lost\" message=\"holds in baseline, refuted in new: new3 says refuted\">"));
  EXPECT_THAT(of_gate(claiming("baseline", "c", "holds"), claiming("new", "c", "holds")), Not(HasSubstr("<failure")));
  EXPECT_THAT(of_gate(claiming("baseline", "c", "refuted"), claiming("new", "c", "refuted")),
              Not(HasSubstr("<failure")));
  EXPECT_EQ(occurrences(of_gate(claiming("baseline", "c", "holds"), claiming("new", "c", "undecided")), "<skipped "),
            1U);
  const std::string few = of_gate(claiming("baseline", "c", "holds", 2), claiming("new", "c", "refuted"));
  EXPECT_THAT(few, Not(HasSubstr("<failure"))) << "two sessions are too few to gate";
  const std::string compared =
      results_junit(results_of({compare(claiming("a", "c", "holds"), claiming("b", "c", "refuted"), {})}));
  EXPECT_THAT(compared, Not(HasSubstr("<failure")));
  EXPECT_THAT(compared, HasSubstr("<system-out>holds in a, refuted in b: b3 says refuted</system-out>"));
}

TEST(Results, RowsOfOneCaseAreToldApartByTheirCounters) {
  const auto side = [](const std::string& name, double factor) {
    Side made = make_side(name, {{"p:x", around(factor)}}, "access_ns");
    for (Session& session : made.sessions) session.cases["p:x"].values.push_back({"odd|_per_<b>", factor, 10, 0.01});
    return made;
  };
  const Results results = results_of({compare(side("a", 1), side("b", 2), {})});
  EXPECT_THAT(results_text(results, {}), testing::AllOf(HasSubstr("p:x access_ns"), HasSubstr("p:x odd|_per_<b>")));
  const std::string markdown = results_markdown(results);
  EXPECT_THAT(markdown, HasSubstr("<code>p:x access_ns</code>"));
  EXPECT_THAT(markdown, testing::AllOf(Not(HasSubstr("odd|")), Not(HasSubstr("<b>")))) << "units are words of the file";
  EXPECT_THAT(
      results_text(
          results_of({compare(make_side("a", {{"p:x", around(1)}}), make_side("b", {{"p:x", around(2)}}), {})}), {}),
      Not(HasSubstr("access_ns")));
}

TEST(Results, AnnotationsAreFew) {
  std::map<std::string, std::vector<double>> before;
  std::map<std::string, std::vector<double>> after;
  for (int i = 0; i < 30; ++i) {
    before["p:" + std::to_string(i)] = around(100);
    after["p:" + std::to_string(i)] = around(200);
  }
  const std::string text = results_annotations(of_gate(before, after));
  EXPECT_EQ(occurrences(text, "::error title="), 5U);
  EXPECT_THAT(text, HasSubstr("25 regressions are not shown here"));
}

}  // namespace
}  // namespace unitcost
