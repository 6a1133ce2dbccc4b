#include <string>

#include <gmock/gmock.h>

#include "tests/harness/analyse/synthetic_run.hpp"

namespace unitcost {
namespace {

using testing::HasSubstr;
using testing_support::Axes;
using testing_support::SyntheticRun;
using testing_support::wobble;

SyntheticRun run_with(const std::string& figure, const std::string& claims = "") {
  SyntheticRun run;
  run.add(R"(
schema = 1
question = "What?"
why = "Why."
reading = "How."
[cases]
locked = "contend/lock:mutex/threads:{threads}/section:{section}"
free = "contend/lock:none/threads:{threads}/section:{section}"
alone = "contend/lock:mutex/threads:1/section:short"
odd_one = "odd"
[axis.threads]
values = [1, 2, 4]
[axis.section]
values = ["short", "long"]
)" + claims + "\n[[figure]]\ntitle = \"Title\"\n" +
              figure,
          "sync/locks");
  run.measure("locked", "op_ns",
              [](const Axes& axes, int round) { return wobble(10.0 * std::stod(axes.at("threads")), round); });
  run.measure("free", "op_ns", [](const Axes&, int round) { return wobble(5.0, round); });
  return run;
}

boost::json::object figure_of(const SyntheticRun& run) {
  return run.analysis().at("figures").as_array().at(0).as_object();
}

double y_of(const boost::json::object& figure, std::size_t series, std::size_t point) {
  return figure.at("series").as_array().at(series).at("points").as_array().at(point).at("y").to_number<double>();
}

TEST(Curves, HaveASeriesForEachLabelAndOtherAxis) {
  const auto figure = figure_of(run_with(
      "kind = \"curve\"\ncases = [\"locked\", \"free\"]\nx = \"threads\"\ny = \"op_ns\"\nscale = \"log-x\"\n"));
  EXPECT_EQ(figure.at("id"), "sync-locks-1");
  EXPECT_EQ(figure.at("x").at("scale"), "log");
  EXPECT_EQ(figure.at("x").at("unit"), "");
  EXPECT_EQ(figure.at("y").at("scale"), "linear");
  EXPECT_EQ(figure.at("y").at("unit"), "ns");
  EXPECT_EQ(figure.at("y").at("lower_is_better"), true);
  const auto& series = figure.at("series").as_array();
  ASSERT_EQ(series.size(), 4U);
  EXPECT_EQ(series[0].at("label"), "locked/section:short");
  EXPECT_EQ(series[0].at("name"), "locked, short");
  const auto& points = series[0].at("points").as_array();
  ASSERT_EQ(points.size(), 3U);
  EXPECT_EQ(points[2].at("x"), 4);
  EXPECT_EQ(points[2].at("n"), 10);
  EXPECT_NEAR(y_of(figure, 0, 2), 40.0, 0.5);
  EXPECT_LE(points[2].at("low").to_number<double>(), y_of(figure, 0, 2));
  EXPECT_EQ(std::string(figure.at("foot").as_string()),
            "time per op in ns, lower is better · 10 blocks a point · 97.9 % order-statistic interval · Example 9000, "
            "2 CPUs · Linux 6.1 · 2026-01-02");
}

TEST(Curves, RelativeToALabelThatHasTheAxisComparesAtTheSamePlace) {
  const auto figure = figure_of(
      run_with("kind = \"curve\"\ncases = [\"locked\"]\nx = \"threads\"\ny = \"op_ns\"\nrelative_to = \"free\"\n"));
  EXPECT_NEAR(y_of(figure, 0, 2), 8.0, 1e-6);
  EXPECT_EQ(figure.at("y").at("unit"), "ratio");
  EXPECT_EQ(figure.at("y").at("lower_is_better"), true);
}

TEST(Curves, InverseIsASpeedUpOverOneCase) {
  const auto figure =
      figure_of(run_with("kind = \"curve\"\ncases = [\"free\"]\nx = \"threads\"\ny = \"op_ns\"\nrelative_to = "
                         "\"alone\"\ninverse = true\n"));
  EXPECT_NEAR(y_of(figure, 0, 0), 2.0, 1e-6);
  EXPECT_EQ(figure.at("y").at("title"), "speed-up over alone");
  EXPECT_EQ(figure.at("y").at("lower_is_better"), false);
}

TEST(Curves, MinusALabelIsTheDifferenceAtTheSamePlace) {
  const auto figure =
      figure_of(run_with("kind = \"curve\"\ncases = [\"locked\"]\nx = \"threads\"\ny = \"op_ns\"\nminus = \"free\"\n"));
  EXPECT_NEAR(y_of(figure, 0, 2), 35.0, 0.5);
  EXPECT_EQ(figure.at("y").at("title"), "time per op above free");
  EXPECT_EQ(figure.at("y").at("unit"), "ns");
}

TEST(Dots, NameTheirRows) {
  const auto figure = figure_of(run_with("kind = \"dots\"\ncases = [\"alone\", \"locked\"]\ny = \"op_ns\"\n"));
  EXPECT_TRUE(figure.at("x").is_null());
  const auto& series = figure.at("series").as_array();
  ASSERT_EQ(series.size(), 2U);
  EXPECT_EQ(series[0].at("points").as_array()[0].at("text"), "alone");
  EXPECT_TRUE(series[0].at("points").as_array()[0].at("x").is_null());
  EXPECT_EQ(series[1].at("points").as_array()[1].at("text"), "locked, long, 1 thread");
}

TEST(Figures, WithoutAPointAreLeftOut) {
  const auto run = run_with("kind = \"dots\"\ncases = [\"odd_one\"]\ny = \"op_ns\"\n");
  EXPECT_TRUE(run.analysis().at("figures").as_array().empty());
}

TEST(Figures, OfAPreviewSayIt) {
  auto run = run_with("kind = \"dots\"\ncases = [\"alone\"]\ny = \"op_ns\"\n");
  run.record.plan.preview = true;
  EXPECT_THAT(std::string(figure_of(run).at("foot").as_string()), HasSubstr("preview · time per op in ns"));
}

std::string claim(const std::string& metric, const std::string& expect) {
  return "[[claim]]\nid = \"test.claim\"\nsource = { key = \"review\" }\nsays = \"So.\"\nmetric = " + metric +
         "\nexpect = " + expect + "\nunit = \"us\"\n";
}

boost::json::array bands_of(const std::string& figure, const std::string& claims) {
  return figure_of(run_with(figure, claims)).at("bands").as_array();
}

TEST(Bands, AreInTheUnitOfTheFigure) {
  const auto bands =
      bands_of("kind = \"dots\"\ncases = [\"alone\"]\ny = \"op_ns\"\nclaims = [\"test.claim\"]\n",
               claim("{ value = \"alone\", counter = \"op_ns\", scale = 1e-3 }", "{ low = 0.5, high = 1000 }"));
  ASSERT_EQ(bands.size(), 1U);
  EXPECT_NEAR(bands[0].at("low").to_number<double>(), 500.0, 1e-9);
  EXPECT_NEAR(bands[0].at("high").to_number<double>(), 1e6, 1e-6);
  EXPECT_EQ(bands[0].at("text"), "test.claim 0.5–1000 µs (review)");
}

TEST(Bands, OfAnotherCounterOrOfARatioAreNotDrawnOnAPlainFigure) {
  const std::string figure = "kind = \"dots\"\ncases = [\"alone\"]\ny = \"op_ns\"\nclaims = [\"test.claim\"]\n";
  EXPECT_TRUE(
      bands_of(figure, claim("{ value = \"alone\", counter = \"other_ns\" }", "{ low = 1, high = 2 }")).empty());
  EXPECT_TRUE(
      bands_of(figure, claim("{ ratio = [\"alone\", \"odd_one\"], counter = \"op_ns\" }", "{ low = 1, high = 2 }"))
          .empty());
}

TEST(Bands, OfARatioTurnOverWithTheFigure) {
  const std::string figure =
      "kind = \"curve\"\ncases = [\"free\"]\nx = \"threads\"\ny = \"op_ns\"\nrelative_to = \"alone\"\ninverse = "
      "true\nclaims = [\"test.claim\"]\n";
  const auto same =
      bands_of(figure, claim("{ ratio = [\"alone\", \"odd_one\"], counter = \"op_ns\" }", "{ at_least = 4 }"));
  EXPECT_EQ(same[0].at("low"), 4);
  EXPECT_TRUE(same[0].at("high").is_null());
  const auto turned =
      bands_of(figure, claim("{ ratio = [\"odd_one\", \"alone\"], counter = \"op_ns\" }", "{ at_least = 4 }"));
  EXPECT_TRUE(turned[0].at("low").is_null());
  EXPECT_DOUBLE_EQ(turned[0].at("high").to_number<double>(), 0.25);
}

TEST(Ladder, IsSortedAndInNanoseconds) {
  const std::string claims = R"(
[[claim]]
id = "slow.one"
source = { key = "ours" }
says = "So."
metric = { value = "alone", counter = "op_ns", scale = 1e-3 }
expect = { low = 0.5, high = 1000 }
unit = "us"
ladder = "the slow one"
[[claim]]
id = "fast.one"
source = { key = "ours" }
says = "So."
metric = { value = "free", counter = "op_ns", at = { threads = 1, section = "short" } }
unit = "ns"
ladder = "the fast one"
[[claim]]
id = "silent.one"
source = { key = "ours" }
says = "So."
metric = { value = "free", counter = "op_ns", at = { threads = 2, section = "short" } }
unit = "ns"
[[claim]]
id = "missing.one"
source = { key = "ours" }
says = "So."
metric = { value = "odd_one", counter = "op_ns" }
unit = "ns"
ladder = "never measured"
)";
  const auto whole = run_with("kind = \"dots\"\ncases = [\"alone\"]\ny = \"op_ns\"\n", claims).analysis();
  const auto& rows = whole.at("ladder").at("rows").as_array();
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0].at("text"), "the fast one");
  EXPECT_TRUE(rows[0].at("notes_low_ns").is_null());
  EXPECT_EQ(rows[0].at("key"), "sync/locks:contend/lock:none/threads:1/section:short");
  EXPECT_EQ(rows[1].at("text"), "the slow one");
  EXPECT_NEAR(rows[1].at("value_ns").to_number<double>(), 10.0, 0.2);
  EXPECT_NEAR(rows[1].at("notes_low_ns").to_number<double>(), 500.0, 1e-6);
  EXPECT_EQ(rows[1].at("notes_text"), "0.5–1000 µs");
  EXPECT_EQ(rows[1].at("verdict"), "refuted");
}

TEST(Noise, HasAPointForEveryBlockInTheOrderOfExecution) {
  auto run = run_with("kind = \"dots\"\ncases = [\"alone\"]\ny = \"op_ns\"\n");
  run.blocks[0].position = 1000;
  run.blocks[1].contaminated = {"steal"};
  run.blocks[1].covariates.readings["steal_ticks"] = 3.0;
  run.blocks[1].started_utc = "2026-01-02T03:05:05.500Z";
  run.blocks[2].covariates.readings.clear();
  const auto whole = run.analysis();
  const auto& points = whole.at("noise").at("points").as_array();
  ASSERT_EQ(points.size(), run.blocks.size());
  EXPECT_EQ(points[0].at("position"), 1);
  EXPECT_EQ(points[0].at("contaminated"), true);
  EXPECT_EQ(points[0].at("steal_ticks"), 3);
  EXPECT_DOUBLE_EQ(points[0].at("t_s").to_number<double>(), 60.5);
  EXPECT_DOUBLE_EQ(points[0].at("reference_ratio").to_number<double>(), 1.05);
  EXPECT_TRUE(points[1].at("reference_ratio").is_null());
  EXPECT_EQ(points[points.size() - 1].at("position"), 1000);
}

TEST(Document, CountsWhatTheRunWas) {
  auto run = run_with("kind = \"dots\"\ncases = [\"alone\"]\ny = \"op_ns\"\n");
  run.refuse("odd_one", Outcome::kFailed, "no output");
  run.blocks[0].contaminated = {"steal"};
  run.blocks[1].attempt = 2;
  run.record.warnings = {"other load"};
  const auto whole = run.analysis();
  const auto& about = whole.at("run").as_object();
  EXPECT_EQ(about.at("blocks"), run.blocks.size());
  EXPECT_EQ(about.at("contaminated"), 1);
  EXPECT_EQ(about.at("repeated"), 1);
  EXPECT_EQ(about.at("failed"), 1);
  EXPECT_DOUBLE_EQ(about.at("harness_share").to_number<double>(), 0.005);
  EXPECT_EQ(about.at("warnings"), (boost::json::array{"other load"}));
  EXPECT_EQ(whole.at("failed").as_array()[0].at("reason"), "no output");
  EXPECT_EQ(whole.at("failed").as_array()[0].at("blocks"), 1);
  EXPECT_TRUE(whole.at("hierarchy").is_null());
}

TEST(Document, ListsCasesThatNoScenarioNames) {
  SyntheticRun run;
  PlannedCase planned;
  planned.key = "other/program:BM_x";
  planned.name = "BM_x";
  run.record.plan.cases.push_back(planned);
  for (int round = 0; round <= 10; ++round) run.find_or_add(planned.key, round).samples["real_ns"] = {5.0 + round};
  const auto whole = run.analysis();
  const auto& estimates = whole.at("estimates").as_array();
  ASSERT_EQ(estimates.size(), 1U);
  EXPECT_EQ(estimates[0].at("label"), "BM_x");
  EXPECT_EQ(estimates[0].at("scenario"), "");
  EXPECT_EQ(estimates[0].at("counter"), "real_ns");
  EXPECT_DOUBLE_EQ(estimates[0].at("value").to_number<double>(), 10.5);
}

}  // namespace
}  // namespace unitcost
