#include "harness/compare/foreign.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <set>
#include <string>

#include "harness/base/error.hpp"
#include "harness/base/files.hpp"
#include "harness/base/json.hpp"
#include "tests/harness/complaint.hpp"

namespace unitcost {
namespace {

using testing::HasSubstr;
using testing_support::complaint_of;

Session read(const std::string& name, const std::vector<std::string>& counters = {}) {
  const auto text = read_file(std::string(UNITCOST_TEST_DATA) + "/foreign/" + name);
  if (!text) throw std::logic_error("no data file " + name);
  return foreign_session(*text, "the/path/" + name, name, counters);
}

std::string complaint_about(const std::string& name) {
  std::string complaint = complaint_of([&] { return read("hostile/" + name); });
  EXPECT_THAT(complaint, HasSubstr("the/path/hostile/" + name)) << "every message names the file";
  return complaint;
}

TEST(ForeignFile, GoogleBenchmarkIsOneProcessWithItsRepetitions) {
  const Session session = read("google_benchmark_a.json");
  EXPECT_EQ(session.source, Session::Source::kGoogleBenchmark);
  const SessionCase& fill = session.cases.at("fill/4096");
  ASSERT_EQ(fill.values.size(), 1U);
  EXPECT_EQ(fill.values[0].counter, "real_ns");
  EXPECT_EQ(fill.values[0].processes, 1);
  EXPECT_GT(fill.values[0].value, 1.0);
  EXPECT_EQ(session.cases.at("skipped").problem, "the program said: no such device");
  EXPECT_EQ(session.facts.at("cpus").value, 2);
  EXPECT_EQ(session.facts.at("cpus").kind, Fact::Kind::kIdentity);
  EXPECT_THAT(session.warnings, testing::Contains(HasSubstr("not independent")));
}

TEST(ForeignFile, GoogleBenchmarkCachesAreSaidAsOursAre) {
  const std::string rows =
      R"("benchmarks":[{"name":"x","run_name":"x","run_type":"iteration","iterations":3,"real_time":2.0,"cpu_time":1.0,"time_unit":"us"}]})";
  const auto caches_of = [&](const std::string& caches) {
    return foreign_session(R"({"context":{"caches":)" + caches + "}," + rows, "f", "f").facts.at("caches").value;
  };
  EXPECT_EQ(caches_of(R"([{"type":"Data","level":1,"size":49152,"num_sharing":2}])"),
            parse_json(R"([{"level":1,"type":"data","bytes":49152,"shared_by":2}])", "ours"));
  EXPECT_EQ(caches_of(R"([{"type":"Data"}])"), parse_json(R"([{"type":"Data"}])", "as it was"));
}

TEST(ForeignFile, NothingOfTheHostComesAlong) {
  for (const char* name : {"google_benchmark_a.json", "pyperf_a.json"}) {
    for (const auto& [fact, value] : read(name).facts)
      EXPECT_THAT(fact, testing::Not(testing::AnyOf("host_name", "hostname", "executable")));
  }
}

TEST(ForeignFile, GoogleBenchmarkTimesAreConvertedAndCountersCanBeAskedFor) {
  const std::string text = R"({"context":{"num_cpus":1},"benchmarks":[
    {"name":"x","run_name":"x","run_type":"iteration","repetition_index":0,"iterations":3,"real_time":2.0,"cpu_time":1.0,"time_unit":"us","items_per_second":7},
    {"name":"x","run_name":"x","run_type":"iteration","repetition_index":1,"iterations":3,"real_time":4.0,"cpu_time":3.0,"time_unit":"us","items_per_second":9}]})";
  EXPECT_EQ(foreign_session(text, "f", "f").cases.at("x").values.at(0).value, 3000.0);
  const SessionCase asked = foreign_session(text, "f", "f", {"cpu_ns", "items_per_second"}).cases.at("x");
  ASSERT_EQ(asked.values.size(), 2U);
  EXPECT_EQ(asked.values[0].value, 2000.0);
  EXPECT_EQ(asked.values[1].value, 8.0);
  EXPECT_FALSE(foreign_session(text, "f", "f", {"none_ns"}).cases.at("x").problem.empty());
  const std::set<std::string> known = foreign_session(text, "f", "f", {"cpu_ns"}).counters;
  EXPECT_EQ(known, (std::set<std::string>{"cpu_ns", "items_per_second", "real_ns"}))
      << "not times in the unit of the file, nor what numbers the rows";
}

TEST(ForeignFile, AggregatesAloneGiveTheirMedianAndOldFilesAreReadByTheirNames) {
  const std::string aggregates = R"({"context":{},"benchmarks":[
    {"name":"x_mean","run_name":"x","run_type":"aggregate","aggregate_name":"mean","real_time":9,"cpu_time":9,"time_unit":"ns"},
    {"name":"x_median","run_name":"x","run_type":"aggregate","aggregate_name":"median","real_time":5,"cpu_time":5,"time_unit":"ns"}]})";
  EXPECT_EQ(foreign_session(aggregates, "f", "f").cases.at("x").values.at(0).value, 5.0);
  const std::string old = R"({"context":{},"benchmarks":[
    {"name":"x","real_time":4,"cpu_time":4,"time_unit":"ns"},{"name":"x","real_time":6,"cpu_time":6,"time_unit":"ns"},
    {"name":"x_mean","real_time":50,"cpu_time":5,"time_unit":"ns"},{"name":"x_median","real_time":50,"cpu_time":5,"time_unit":"ns"}]})";
  const Session session = foreign_session(old, "f", "f");
  EXPECT_EQ(session.cases.size(), 1U);
  EXPECT_EQ(session.cases.at("x").values.at(0).value, 5.0);
}

TEST(ForeignFile, PyperfRunsAreProcessesAndSecondsBecomeNanoseconds) {
  const Session session = read("pyperf_a.json");
  EXPECT_EQ(session.source, Session::Source::kPyperf);
  const SessionValue value = session.cases.at("sum a list").values.at(0);
  EXPECT_EQ(value.counter, "real_ns");
  EXPECT_EQ(value.processes, 3);
  EXPECT_GT(value.value, 10.0);
  EXPECT_LT(value.value, 1e6);
  EXPECT_EQ(session.facts.at("python").kind, Fact::Kind::kSetUp);
  EXPECT_EQ(read("hostile/pyperf_bytes.json").cases.at("sum a list").values.at(0).counter, "value_bytes");
}

TEST(ForeignFile, HyperfineTimesAreProcesses) {
  const Session session = read("hyperfine_a.json");
  EXPECT_EQ(session.source, Session::Source::kHyperfine);
  EXPECT_EQ(session.cases.at("true").values.at(0).processes, 4);
  EXPECT_GT(session.cases.at("sleep 0.001").values.at(0).value, 1e6);
}

TEST(ForeignFile, WhatIsNoResultFileIsRefusedWithThePlace) {
  EXPECT_THAT(complaint_about("empty.json"), HasSubstr("is empty"));
  EXPECT_THAT(complaint_about("blank.json"), HasSubstr("is empty"));
  EXPECT_THAT(complaint_about("truncated.json"), testing::AllOf(HasSubstr("line "), HasSubstr("not valid JSON")));
  EXPECT_THAT(complaint_about("no_json.json"), HasSubstr("line 1, column 1"));
  EXPECT_THAT(complaint_about("list.json"), HasSubstr("begins with a list"));
  EXPECT_THAT(complaint_about("unknown.json"), testing::AllOf(HasSubstr("no known format"), HasSubstr("hyperfine")));
  EXPECT_THAT(complaint_about("no_cases.json"), HasSubstr("has no case"));
  EXPECT_THAT(complaint_about("wrong_type.json"), HasSubstr("benchmarks: expected a list, found an object"));
  EXPECT_THAT(complaint_about("unknown_unit.json"), HasSubstr("'h' is none of ns, us, ms, s"));
  EXPECT_THAT(complaint_about("pyperf_unknown_unit.json"), HasSubstr("'parsec'"));
  EXPECT_THAT(complaint_about("deep.json"), HasSubstr("not valid JSON"));
  EXPECT_THAT(complaint_about("overflow.json"), HasSubstr("a number is too large"));
  EXPECT_THAT(complaint_about("twice.json"), HasSubstr("stands twice"));
  EXPECT_THAT(complaint_about("bad_utf8.json"), HasSubstr("not valid JSON"));
}

TEST(ForeignFile, AnAggregateThatStandsTwiceIsNoValue) {
  const std::string row =
      R"({"name":"x_median","run_name":"x","run_type":"aggregate","aggregate_name":"median","real_time":5,"cpu_time":5,"time_unit":"ns"})";
  const std::string text = R"({"context":{},"benchmarks":[)" + row + "," + row + "]}";
  EXPECT_THAT(foreign_session(text, "f", "f").cases.at("x").problem, HasSubstr("stands twice"));
}

TEST(ForeignFile, WhatWeWroteOurselvesIsNamed) {
  const auto complaint = [](const std::string& text) {
    return complaint_of([&] { return foreign_session(text, "f", "f"); });
  };
  EXPECT_THAT(complaint(R"({"schema":1,"kind":"duel","duel":{}})"), HasSubstr("unitcost gate --duel"));
  EXPECT_THAT(complaint(R"({"schema":1,"comparisons":[]})"), HasSubstr("name the runs behind it"));
  EXPECT_THAT(complaint(R"({"schema":1,"gate":"pass","against":[]})"), HasSubstr("name the runs behind it"));
  EXPECT_THAT(complaint(R"({"estimates":[],"claims":[]})"), HasSubstr("this is an analysis"));
  EXPECT_THAT(complaint(R"({"version":1.5,"benchmarks":[]})"), HasSubstr("version 1.5E0 is not the version 1.0"));
}

TEST(ForeignFile, AnotherVersionIsRefusedWithBothNamed) {
  EXPECT_THAT(complaint_about("newer_google_benchmark.json"), HasSubstr("schema 2 is not the schema 1"));
  EXPECT_THAT(complaint_about("newer_pyperf.json"), testing::AllOf(HasSubstr("version 2.0"), HasSubstr("version 1.0")));
}

TEST(ForeignFile, OneCaseThatCannotBeTrustedDoesNotSpoilTheOthers) {
  const Session nan = read("hostile/nan_repetition.json");
  EXPECT_THAT(nan.cases.at("fill/4096").problem, HasSubstr("not a finite number"));
  EXPECT_EQ(nan.cases.at("fill/65536").values.size(), 1U);
  EXPECT_THAT(read("hostile/duplicate_rows.json").cases.at("fill/4096").problem, HasSubstr("stands twice"));
  EXPECT_THAT(read("hostile/text_for_number.json").cases.at("fill/4096").problem, HasSubstr("is a text"));
  EXPECT_THAT(read("hostile/pyperf_duplicate.json").cases.at("sum a list").problem, HasSubstr("stands twice"));
  EXPECT_THAT(read("hostile/pyperf_calibration_only.json").cases.at("sum a list").problem, HasSubstr("calibration"));
  EXPECT_THAT(read("hostile/hyperfine_duplicate.json").cases.at("true").problem, HasSubstr("stands twice"));
  EXPECT_THAT(read("hostile/hyperfine_nan.json").cases.at("true").problem, HasSubstr("not a finite number"));
  EXPECT_THAT(read("hostile/hyperfine_failure.json").cases.at("true").problem,
              HasSubstr("1 of its invocations failed"));
}

TEST(ForeignFile, ANaNInAnAggregateIsOfNoMatter) {
  const Session session = read("hostile/nan_aggregate.json");
  EXPECT_EQ(session.cases.at("fill/4096").values.size(), 1U);
}

TEST(ForeignFile, PartsOfOurOwnAreRefusedWithWhatToNameInstead) {
  const auto said = [](const std::string& text) {
    try {
      foreign_session(text, "f.json", "f.json");
    } catch (const BadInput& error) {
      return std::string(error.what());
    }
    return std::string("accepted");
  };
  EXPECT_THAT(said(R"({"plan": {}, "machine_id": "x"})"), HasSubstr("name the run's folder instead"));
  EXPECT_THAT(said(R"({"estimates": [], "claims": []})"), HasSubstr("this is an analysis"));
}

}  // namespace
}  // namespace unitcost
