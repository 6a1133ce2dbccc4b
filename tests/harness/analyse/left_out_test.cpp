// Claims whose cases the run left out: not the machine's fault, and said so.
#include <string>

#include <gmock/gmock.h>

#include "tests/harness/analyse/claim_scenarios.hpp"
#include "tests/harness/analyse/synthetic_run.hpp"

namespace unitcost {
namespace {

using testing::HasSubstr;
using testing_support::claim_with;
using testing_support::kPlainValue;
using testing_support::run_with;
using testing_support::scenario_with;
using testing_support::SyntheticRun;

TEST(LeftOut, IsSaidWithTheProfileThatDoesAndTheOneThatDoesNot) {
  auto run = run_with(claim_with(kPlainValue, "{ low = 1.0, high = 2.0 }", "unit = \"ns\""));
  run.measure("other", "op_ns", 1.5);
  run.leave_out("plain");
  run.record.plan.profile = "quick";
  const auto claim = run.claim("test.claim");
  EXPECT_EQ(claim.at("verdict"), "not measurable");
  EXPECT_EQ(claim.at("left_out"), true);
  EXPECT_EQ(
      claim.at("reason"),
      "not measured in this run: the profile quick leaves out work/kind:plain of test/claims; the profile standard "
      "measures it");
}

TEST(LeftOut, IsNotSaidOfWhatTheMachineRefused) {
  auto run = run_with(claim_with(kPlainValue, "{ low = 1.0, high = 2.0 }", "unit = \"ns\""));
  run.refuse("plain", Outcome::kUnmeasurable, "no second CPU");
  EXPECT_FALSE(run.claim("test.claim").contains("left_out"));
}

TEST(LeftOut, IsSaidOfAControlAndACeiling) {
  auto run = run_with(claim_with(kPlainValue, "{ low = 1.0, high = 2.0 }", R"(unit = "ns"
control = { ratio = ["other", "plain"], counter = "op_ns", expect = { low = 0.9, high = 1.1 } })"));
  run.measure("plain", "op_ns", 1.5);
  run.leave_out("other");
  EXPECT_EQ(run.verdict("test.claim"), "undecided");
  EXPECT_THAT(run.reason("test.claim"), HasSubstr("nothing is said without its control: not measured in this run"));
  EXPECT_EQ(run.claim("test.claim").at("left_out"), true);

  auto capped = run_with(claim_with(kPlainValue, "{ low = 1.0, high = 2.0 }", R"(unit = "ns"
ceiling = { ratio = ["native_1", "native_n"], counter = "op_ns", expect = { at_least = 0.9, times_cpus_up_to = 4 } })"));
  capped.measure("plain", "op_ns", 1.5);
  capped.measure("native_1", "op_ns", 195.0);
  capped.leave_out("native_n");
  EXPECT_EQ(capped.verdict("test.claim"), "not measurable");
  EXPECT_THAT(capped.reason("test.claim"),
              HasSubstr("without its ceiling nothing is said about threads: not measured"));
  EXPECT_EQ(capped.claim("test.claim").at("left_out"), true);
}

TEST(LeftOut, SaysWhichOptionAndWhichValue) {
  auto run = run_with(claim_with(R"({ value = "swept", counter = "op_ns", at = { threads = 2 } })", "{ above = 1.0 }",
                                 "unit = \"ns\""));
  run.measure("swept", "op_ns", 5.0);
  std::erase_if(run.record.plan.labels, [](const LabelledCase& one) { return one.key.ends_with("threads:2"); });
  EXPECT_THAT(
      run.reason("test.claim"),
      HasSubstr("the profile standard leaves out swept/threads:2 of test/claims; the profile full measures it"));
  run.record.plan.only = {"test/claims:swept/threads:1"};
  EXPECT_THAT(run.reason("test.claim"),
              HasSubstr("--only leaves out swept/threads:2 of test/claims; a run without --only measures it"));
  run.record.plan.only = {"test/claims"};
  EXPECT_THAT(run.reason("test.claim"), HasSubstr("the profile standard leaves out"));
}

TEST(LeftOut, IsNotSaidOfASweepThatEndsWithTheCpus) {
  std::string toml = scenario_with(claim_with(R"({ value = "swept", counter = "op_ns", at = { threads = 8 } })",
                                              "{ above = 1.0 }", "unit = \"ns\""));
  const std::string fixed = "values = [1, 2, 4]";
  toml.replace(toml.find(fixed), fixed.size(), "values = { cpus = \"1..2x\" }");
  SyntheticRun run;
  run.add(toml, "test/claims");
  run.measure("swept", "op_ns", 5.0);
  EXPECT_EQ(run.verdict("test.claim"), "not measurable");
  EXPECT_EQ(run.reason("test.claim"), "nothing is measured at 8 threads on a machine with 2 CPUs");
  EXPECT_FALSE(run.claim("test.claim").contains("left_out"));
}

}  // namespace
}  // namespace unitcost
