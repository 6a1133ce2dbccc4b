#include "harness/export/run_export.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "harness/base/error.hpp"
#include "harness/base/json.hpp"
#include "harness/compare/foreign.hpp"
#include "tests/harness/analyse/synthetic_run.hpp"

namespace unitcost {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing_support::SyntheticRun;

constexpr const char* kScenario = R"(
schema = 1
question = "q"
why = "w"
reading = "r"
[cases]
walk = "walk/bytes:64"
copy = "copy"
gone = "gone"
broken = "broken"
[[claim]]
id = "memory.walk"
source = { key = "ours" }
says = "A step takes at most 10 ns."
metric = { value = "walk", counter = "step_ns", at = {} }
unit = "ns"
expect = { at_most = 10.0 }
)";

LoadedRun example(const std::string& id = "feedfacecafe", const std::string& utc = "2026-01-02T03:04:05Z",
                  double step_ns = 70.0) {
  SyntheticRun run;
  run.add(kScenario, "memory/example");
  run.measure("walk", "step_ns", step_ns);
  run.measure("walk", "real_ns", 7000.0);
  run.measure("copy", "bytes_per_second", 1e9);
  run.measure("copy", "real_ns", 500.0);
  run.refuse("gone", Outcome::kUnmeasurable, "no <such> thing");
  run.refuse("broken", Outcome::kFailed, "signal 11");
  LoadedRun result;
  result.folder = "/somewhere/run-1";
  result.id = id;
  result.record = run.record;
  result.record.started_utc = utc;
  result.record.build["commit"] = {Fact::Kind::kSetUp, "abc,\"1\"", ""};
  for (Block& block : run.blocks) block.iterations = 10;
  result.blocks = run.blocks;
  return result;
}

TEST(Export, EveryFormatWritesSomethingAndOthersAreRefusedWithTheNearest) {
  for (const auto& [format, what] : export_formats())
    EXPECT_GT(export_runs({example()}, format).text.size(), 20U) << format;
  try {
    export_runs({example()}, "benchar");
    FAIL() << "must be refused";
  } catch (const BadInput& error) {
    EXPECT_THAT(error.what(), HasSubstr("did you mean 'bencher'?"));
  }
}

TEST(Export, GoogleBenchmarkHasARepetitionABlockAndIsReadBack) {
  const Exported exported = export_runs({example()}, "google-benchmark");
  const Session session = foreign_session(exported.text, "gb.json", "gb.json");
  EXPECT_NEAR(session.cases.at("memory/example:walk/bytes:64").values.at(0).value, 7000.0, 70.0);
  const boost::json::value document = parse_json(exported.text, "gb.json");
  const auto rows = JsonIn(document, "gb.json").at("benchmarks").items();
  EXPECT_EQ(rows.size(), 20U) << "ten rounds of two cases; round 0 is not among them";
  EXPECT_EQ(rows.front().at("repetitions").integer(), 10);
}

TEST(Export, GoogleBenchmarkHasABlockOnceHoweverManyCountersAreAskedFor) {
  const std::string text = export_runs({example()}, "google-benchmark", {"step_ns", "real_ns", "step_ns"}).text;
  const boost::json::value document = parse_json(text, "gb.json");
  EXPECT_EQ(JsonIn(document, "gb.json").at("benchmarks").items().size(), 20U);
  EXPECT_TRUE(foreign_session(text, "gb.json", "gb.json").cases.at("memory/example:walk/bytes:64").problem.empty());
}

TEST(Export, PyperfHasARunABlockInSecondsAndIsReadBack) {
  const Exported exported = export_runs({example()}, "pyperf");
  const Session session = foreign_session(exported.text, "p.json", "p.json");
  const SessionValue value = session.cases.at("memory/example:walk/bytes:64 step_ns").values.at(0);
  EXPECT_NEAR(value.value, 70.0, 0.7);
  EXPECT_EQ(value.processes, 10);
  EXPECT_THAT(exported.left_out, testing::Contains(HasSubstr("bytes_per_second")));
  EXPECT_THAT(exported.text, HasSubstr("\"date\": \"2026-01-02 03:04:06\""));
}

TEST(Export, DashboardsAreGivenEachDirectionApart) {
  EXPECT_THAT(export_runs({example()}, "github-action-benchmark").text,
              testing::AllOf(HasSubstr("step_ns"), Not(HasSubstr("bytes_per_second"))));
  EXPECT_THAT(export_runs({example()}, "github-action-benchmark-bigger").text,
              testing::AllOf(Not(HasSubstr("step_ns")), HasSubstr("bytes_per_second")));
  const boost::json::value bencher = parse_json(export_runs({example()}, "bencher").text, "bencher");
  const JsonIn latency = JsonIn(bencher, "bencher").at("memory/example:walk/bytes:64").at("latency");
  EXPECT_LE(latency.at("lower_value").number(), latency.at("value").number());
}

TEST(Export, CsvHasALineARunInTheOrderOfTime) {
  const std::string text =
      export_runs({example("second", "2026-02-01T00:00:00Z", 80.0), example("first", "2026-01-01T00:00:00Z")}, "csv")
          .text;
  std::istringstream lines(text);
  std::string head;
  std::string first;
  std::string second;
  std::getline(lines, head);
  std::getline(lines, first);
  std::getline(lines, second);
  EXPECT_THAT(head, testing::StartsWith("time,commit,run,machine,profile,memory/example:copy bytes_per_second"));
  EXPECT_THAT(first, testing::StartsWith("2026-01-01T00:00:00Z,\"abc,\"\"1\"\"\",first,"));
  EXPECT_THAT(second, HasSubstr(",second,"));
}

TEST(Export, OnlyFormatsForSeveralRunsTakeSeveral) {
  const std::vector<LoadedRun> two{example("one"), example("two")};
  EXPECT_NO_THROW(export_runs(two, "openmetrics"));
  EXPECT_THROW(export_runs(two, "bencher"), BadInput);
  EXPECT_THROW(export_runs({}, "csv"), BadInput);
}

TEST(Export, OpenMetricsEndsAsItMustAndIsInSeconds) {
  const std::string text = export_runs({example()}, "openmetrics").text;
  EXPECT_THAT(text, testing::EndsWith("# EOF\n"));
  EXPECT_THAT(text, HasSubstr("commit=\"abc,\\\"1\\\"\""));
  EXPECT_THAT(text, HasSubstr("counter=\"step_ns\",statistic=\"median\"} 7"));
  EXPECT_THAT(text, HasSubstr("e-08\n"));
}

TEST(Export, MarkdownIsNotBrokenByTheUnitOfAForeignCounter) {
  LoadedRun run = example();
  for (Block& block : run.blocks) {
    const auto found = block.samples.find("bytes_per_second");
    if (found == block.samples.end()) continue;
    block.samples["<b>|x_per_item"] = found->second;
    block.samples.erase("bytes_per_second");
  }
  const std::string text = export_runs({run}, "markdown").text;
  EXPECT_THAT(text, HasSubstr("&#60;b&#62;&#124;x/item"));
  EXPECT_THAT(text, Not(HasSubstr("<b>|x/item")));
}

TEST(Export, JunitHasATestCaseAClaimAndACase) {
  const std::string text = export_runs({example()}, "junit").text;
  EXPECT_THAT(text, HasSubstr("<testsuite name=\"claims\" tests=\"1\" failures=\"1\""));
  EXPECT_THAT(text, HasSubstr("<testsuite name=\"cases\" tests=\"4\" failures=\"0\" errors=\"1\" skipped=\"1\""));
  EXPECT_THAT(text, HasSubstr("no &lt;such&gt; thing"));
}

TEST(Export, ACaseWithBlocksThatCrashedIsNotShownAsGood) {
  LoadedRun run = example();
  for (Block& block : run.blocks) {
    if (block.case_key != "memory/example:copy" || block.round != 3) continue;
    block.outcome = Outcome::kFailed;
    block.reason = "signal 11";
  }
  EXPECT_THAT(export_runs({run}, "junit").text, testing::AllOf(HasSubstr("tests=\"4\" failures=\"0\" errors=\"2\""),
                                                               HasSubstr("9 blocks; 1 block failed: signal 11")));
  EXPECT_THAT(export_runs({run}, "markdown").text, HasSubstr("1 block failed: signal 11"));
}

TEST(Export, MarkdownSaysThatARunIsNotAWholeOne) {
  LoadedRun run = example();
  run.record.status = "interrupted";
  EXPECT_THAT(export_runs({run}, "markdown").text, HasSubstr("the run is interrupted: its later rounds are missing"));
}

}  // namespace
}  // namespace unitcost
