#include "harness/compare/comparison.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "harness/analyse/analyse.hpp"
#include "harness/base/error.hpp"
#include "harness/base/json.hpp"
#include "harness/compare/comparison_json.hpp"
#include "tests/harness/compare/sides.hpp"

namespace unitcost {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing_support::around;
using testing_support::make_side;

const ComparedCase& row_of(const Comparison& comparison, const std::string& key) {
  for (const ComparedCase& row : comparison.rows) {
    if (row.key == key) return row;
  }
  throw std::logic_error("no row " + key);
}

std::string reason_of(const Comparison& comparison, const std::string& key) {
  for (const NotComparable& other : comparison.not_comparable) {
    if (other.key == key) return other.reason;
  }
  throw std::logic_error("nothing is said of " + key);
}

TEST(Comparison, TellsTheFourOutcomesApart) {
  const Side a = make_side("a", {{"p:slower", around(100)},
                                 {"p:faster", around(100)},
                                 {"p:same", around(100)},
                                 {"p:noisy", {90, 100, 110, 120}}});
  const Side b = make_side("b", {{"p:slower", around(105)},
                                 {"p:faster", around(90)},
                                 {"p:same", around(100.2)},
                                 {"p:noisy", {95, 104, 99, 121}}});
  const Comparison found = compare(a, b, {});
  EXPECT_EQ(row_of(found, "p:slower").change, Change::kRegression);
  EXPECT_EQ(row_of(found, "p:faster").change, Change::kImprovement);
  EXPECT_EQ(row_of(found, "p:same").change, Change::kEquivalent);
  EXPECT_EQ(row_of(found, "p:noisy").change, Change::kInconclusive);
  EXPECT_THAT(row_of(found, "p:slower").reason, HasSubstr("slower: +5.00 %"));
  EXPECT_THAT(row_of(found, "p:same").reason, HasSubstr("no relevant change"));
  EXPECT_THAT(row_of(found, "p:noisy").reason, HasSubstr("sessions a side would tell"));
  EXPECT_TRUE(row_of(found, "p:slower").marked);
  EXPECT_FALSE(row_of(found, "p:noisy").marked);
  EXPECT_EQ(found.count(Change::kRegression), 1);
}

TEST(Comparison, AChangeSmallerThanTheMarginIsNone) {
  Margins margins;
  margins.of_cases = {{"p:wide*", 0.10}};
  const Side a = make_side("a", {{"p:wide/1", around(100)}, {"p:narrow", around(100)}});
  const Side b = make_side("b", {{"p:wide/1", around(105)}, {"p:narrow", around(105)}});
  const Comparison found = compare(a, b, margins);
  EXPECT_EQ(row_of(found, "p:wide/1").change, Change::kEquivalent);
  EXPECT_TRUE(row_of(found, "p:wide/1").marked) << "the sides differ all the same, and the table says so";
  EXPECT_EQ(row_of(found, "p:narrow").change, Change::kRegression);
}

TEST(Comparison, MoreOfAGoodThingIsNoRegression) {
  const Comparison found = compare(make_side("a", {{"p:copy", around(1e9)}}, "bytes_per_second"),
                                   make_side("b", {{"p:copy", around(1.2e9)}}, "bytes_per_second"), {});
  EXPECT_EQ(found.rows.front().change, Change::kImprovement);
  EXPECT_THAT(found.rows.front().reason, HasSubstr("more"));
}

TEST(Comparison, ANumberWithoutADirectionIsNeverCalledWorse) {
  const Comparison found = compare(make_side("a", {{"p:c", around(10)}}, "peak_inside"),
                                   make_side("b", {{"p:c", around(20)}}, "peak_inside"), {});
  EXPECT_EQ(found.rows.front().change, Change::kInconclusive);
  EXPECT_THAT(found.rows.front().reason, HasSubstr("whether more peak_inside is better is not known"));
}

TEST(Comparison, OneSessionASideConcludesNothing) {
  const Comparison found = compare(make_side("a", {{"p:c", {100}}}), make_side("b", {{"p:c", {200}}}), {});
  EXPECT_EQ(found.rows.front().change, Change::kInconclusive);
  EXPECT_NEAR(found.rows.front().found.ratio, 2.0, 1e-12);
  EXPECT_TRUE(std::isnan(found.rows.front().q));
  EXPECT_THAT(found.warnings, testing::Contains(HasSubstr("a and b are one session each")));
}

TEST(Comparison, CasesOfOneSideAloneAreNamedWithTheReason) {
  Side a = make_side("a", {{"p:both", around(1)}, {"p:gone", around(1)}});
  Side b = make_side("b", {{"p:both", around(1)}, {"p:fresh", around(1)}});
  for (Session& session : b.sessions) session.cases["p:gone"].problem = "failed: signal 11";
  const Comparison found = compare(a, b, {});
  EXPECT_EQ(found.rows.size(), 1U);
  EXPECT_EQ(reason_of(found, "p:gone"), "b: failed: signal 11");
  EXPECT_EQ(reason_of(found, "p:fresh"), "a: has no such case");
  EXPECT_THAT(found.not_comparable, testing::Contains(testing::Field(&NotComparable::in_a, true)));
}

TEST(Comparison, ABlockThatFailedIsSaidBesideTheValueOfTheOthers) {
  Side b = make_side("b", {{"p:x", around(1)}, {"p:y", around(1)}});
  b.sessions[1].cases["p:x"].failure = "signal 11";
  const Comparison found = compare(make_side("a", {{"p:x", around(1)}, {"p:y", around(1)}}), b, {});
  EXPECT_THAT(row_of(found, "p:x").reason, HasSubstr("blocks of it failed in 1 of 4 sessions of b: signal 11"));
  EXPECT_EQ(row_of(found, "p:x").b.failed_sessions, 1);
  EXPECT_THAT(row_of(found, "p:y").reason, Not(HasSubstr("failed")));
}

TEST(Comparison, NothingInCommonIsAnErrorThatNamesBothSides) {
  try {
    compare(make_side("left", {{"p:x", around(1)}}), make_side("right", {{"q:y", around(1)}}), {});
    FAIL() << "must be refused";
  } catch (const BadInput& error) {
    EXPECT_THAT(error.what(), HasSubstr("no case in common"));
    EXPECT_THAT(error.what(), HasSubstr("p:x"));
    EXPECT_THAT(error.what(), HasSubstr("q:y"));
  }
}

TEST(Comparison, DifferentUnitsAreNotComparable) {
  const Comparison found =
      compare(make_side("a", {{"p:c", around(1)}}, "access_ns"), make_side("b", {{"p:c", around(1)}}, "access_us"), {});
  EXPECT_TRUE(found.rows.empty());
  EXPECT_EQ(reason_of(found, "p:c"), "measured as access_ns in a and as access_us in b");
}

TEST(Comparison, ZeroNegativeAndNaNAreSaidNeverDividedBy) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const Comparison found =
      compare(make_side("a", {{"p:zero", {0, 0}}, {"p:negative", {-1, 1}}, {"p:nan", {nan, 1}}, {"p:none", {0, 0}}}),
              make_side("b", {{"p:zero", {1, 1}}, {"p:negative", {1, 1}}, {"p:nan", {1, 1}}, {"p:none", {0, 0}}}), {});
  EXPECT_THAT(reason_of(found, "p:zero"), HasSubstr("a value is 0"));
  EXPECT_THAT(reason_of(found, "p:negative"), HasSubstr("-1"));
  EXPECT_THAT(reason_of(found, "p:nan"), HasSubstr("not a finite number"));
  EXPECT_EQ(row_of(found, "p:none").change, Change::kEquivalent) << "no faults before and none now";
}

TEST(Comparison, OnlyKeepsTheCasesThatBeginSo) {
  const Side a = make_side("a", {{"p:x", around(1)}, {"q:x", around(1)}});
  const Side b = make_side("b", {{"p:x", around(1)}, {"q:x", around(1)}});
  EXPECT_EQ(compare(a, b, {}, {"q:"}).rows.size(), 1U);
  try {
    compare(a, b, {}, {"r:"});
    FAIL() << "must be refused";
  } catch (const BadInput& error) {
    EXPECT_STREQ(error.what(), "--only r:: no case of a or b begins so");
  }
}

TEST(Comparison, SaysWhenTheSidesWereNotMeasuredInTurns) {
  const Side a = make_side("a", {{"p:x", around(1)}});
  Side b = make_side("b", {{"p:x", around(1)}});
  EXPECT_THAT(compare(a, b, {}).warnings, Not(testing::Contains(HasSubstr("were made before"))));
  for (Session& session : b.sessions) session.started_utc = "2027-" + session.started_utc;
  EXPECT_THAT(compare(a, b, {}).warnings,
              testing::Contains(HasSubstr("all sessions of a were made before those of b")));
}

TEST(Comparison, AWarningOfManySessionsIsSaidOnce) {
  Side a = make_side("a", {{"p:x", around(1, 8)}});
  for (Session& session : a.sessions) session.warnings = {"a preview"};
  const Comparison found = compare(a, make_side("b", {{"p:x", around(1)}}), {});
  EXPECT_THAT(found.warnings, testing::Contains(HasSubstr("a0, a1, a2 and 5 more: a preview")));
}

TEST(Comparison, AWarningThatDiffersInItsNumbersAloneIsSaidOnceWithTheirRange) {
  Side a = make_side("a", {{"p:x", around(1, 3)}});
  for (std::size_t at = 0; at < a.sessions.size(); ++at)
    a.sessions[at].warnings = {"other processes used " + std::string(at == 1 ? "12.0" : "5.1") + " % of the time"};
  const Comparison found = compare(a, make_side("b", {{"p:x", around(1)}}), {});
  EXPECT_THAT(found.warnings,
              testing::Contains(HasSubstr("a0, a1, a2: other processes used 5.1 to 12.0 % of the time")));
  EXPECT_EQ(
      std::ranges::count_if(found.warnings,
                            [](const std::string& one) { return one.find("other processes") != std::string::npos; }),
      1);
}

TEST(Comparison, JsonHasTheDocumentedKeysAndASteadyId) {
  const auto document = [] {
    return comparisons_json({compare(make_side("a", {{"p:x", around(1)}}), make_side("b", {{"p:x", around(2)}}), {})});
  };
  const std::string text = analysis_text(document());
  EXPECT_EQ(text, analysis_text(document()));
  const boost::json::value read = parse_json(text, "json");
  const JsonIn in(read, "json");
  EXPECT_EQ(in.at("schema").integer(), kComparisonSchema);
  EXPECT_EQ(in.at("id").text().size(), 12U);
  const JsonIn row = in.at("comparisons").items().front().at("rows").items().front();
  EXPECT_EQ(row.at("outcome").text(), "regression");
  EXPECT_NEAR(row.at("ratio").number(), 2.0, 1e-5);
  EXPECT_EQ(row.at("a").at("sessions").integer(), 4);
  EXPECT_TRUE(row.at("lower_is_better").boolean());
}

TEST(PercentText, IsShort) {
  EXPECT_EQ(percent_text(1.05), "+5.00 %");
  EXPECT_EQ(percent_text(0.9), "−10.0 %");
  EXPECT_EQ(percent_text(1.0), "0 %");
  EXPECT_EQ(percent_text(3.0), "3.00 ×");
  EXPECT_EQ(percent_text(std::nan("")), "–");
}

}  // namespace
}  // namespace unitcost
