#include <string>

#include <gmock/gmock.h>

#include "harness/analyse/verdict.hpp"
#include "tests/harness/analyse/claim_scenarios.hpp"
#include "tests/harness/analyse/synthetic_run.hpp"

namespace unitcost {
namespace {

using testing::HasSubstr;
using testing_support::Axes;
using testing_support::claim_with;
using testing_support::kPlainValue;
using testing_support::run_with;
using testing_support::scenario_with;
using testing_support::SyntheticRun;
using testing_support::wobble;

TEST(Verdicts, HoldsWhenTheWholeIntervalLiesInside) {
  auto run = run_with(claim_with(kPlainValue, "{ low = 1.0, high = 2.0 }", "unit = \"ns\""));
  run.measure("plain", "op_ns", 1.5);
  const auto claim = run.claim("test.claim");
  EXPECT_EQ(claim.at("verdict"), "holds");
  EXPECT_EQ(claim.at("expected"), "1–2 ns");
  EXPECT_EQ(claim.at("n"), 10);
  EXPECT_THAT(run.reason("test.claim"), HasSubstr("median 1.50 ns ["));
  EXPECT_THAT(run.reason("test.claim"), HasSubstr("lies inside 1–2 ns"));
}

TEST(Verdicts, RefutedWhenTheWholeIntervalLiesOutsideAndSaysWhatIsTrueInstead) {
  auto run =
      run_with(claim_with(kPlainValue, "{ low = 1.0, high = 2.0 }", "unit = \"ns\"\ninstead = \"It is slower.\""));
  run.measure("plain", "op_ns", 5.0);
  EXPECT_EQ(run.verdict("test.claim"), "refuted");
  EXPECT_THAT(run.reason("test.claim"), HasSubstr("lies outside 1–2 ns. It is slower."));
}

TEST(Verdicts, UndecidedWhenTheIntervalStraddlesAnEdge) {
  auto run = run_with(claim_with(kPlainValue, "{ low = 1.0, high = 2.0 }", "unit = \"ns\""));
  run.measure("plain", "op_ns", 2.0);
  EXPECT_EQ(run.verdict("test.claim"), "undecided");
  EXPECT_THAT(run.reason("test.claim"), HasSubstr("straddles the upper edge of 1–2 ns"));
}

TEST(Verdicts, EdgesAreIncludedUnlessTheClaimIsStrict) {
  auto run = run_with(claim_with(kPlainValue, "{ low = 1.0, high = 1.0 }", "unit = \"threads\"", "edge") +
                      claim_with(kPlainValue, "{ above = 1.0 }", "unit = \"threads\"", "strict"));
  run.count("plain", "op_ns", 1.0);
  EXPECT_EQ(run.verdict("test.claim", "edge"), "holds");
  EXPECT_EQ(run.verdict("test.claim", "strict"), "refuted");
}

TEST(Verdicts, UndecidedBelowSixBlocks) {
  SyntheticRun run(5);
  run.add(scenario_with(claim_with(kPlainValue, "{ low = 1.0, high = 2.0 }", "unit = \"ns\"")), "test/claims");
  run.measure("plain", "op_ns", 1.5);
  EXPECT_EQ(run.verdict("test.claim"), "undecided");
  EXPECT_THAT(run.reason("test.claim"), HasSubstr("stands on 5 blocks, 6 are needed"));
}

TEST(Verdicts, ReportedWithoutAnExpectation) {
  auto run = run_with("\n[[claim]]\nid = \"test.claim\"\nsource = { key = \"ours\" }\nsays = \"So.\"\nmetric = " +
                      kPlainValue + "\nunit = \"ns\"\n");
  run.measure("plain", "op_ns", 1.5);
  const auto claim = run.claim("test.claim");
  EXPECT_EQ(claim.at("verdict"), "reported");
  EXPECT_TRUE(claim.at("expected_low").is_null());
  EXPECT_NEAR(claim.at("value").to_number<double>(), 1.5, 0.02);
}

TEST(Verdicts, NotMeasurableWithTheReasonOfTheCase) {
  auto run = run_with(claim_with(kPlainValue, "{ low = 1.0, high = 2.0 }", "unit = \"ns\""));
  run.refuse("plain", Outcome::kUnmeasurable, "no second CPU");
  const auto claim = run.claim("test.claim");
  EXPECT_EQ(claim.at("verdict"), "not measurable");
  EXPECT_EQ(claim.at("reason"), "no second CPU");
  EXPECT_TRUE(claim.at("value").is_null());
  EXPECT_TRUE(claim.at("interval").is_null());
}

TEST(Verdicts, UndecidedWhenTheCaseFailed) {
  auto run = run_with(claim_with(kPlainValue, "{ low = 1.0, high = 2.0 }", "unit = \"ns\""));
  run.refuse("plain", Outcome::kFailed, "killed by signal 11");
  EXPECT_EQ(run.verdict("test.claim"), "undecided");
  EXPECT_THAT(run.reason("test.claim"), HasSubstr("failed: killed by signal 11"));
}

TEST(Verdicts, NoVerdictOnAnEmulatedMachine) {
  auto run = run_with(claim_with(kPlainValue, "{ low = 1.0, high = 2.0 }", "unit = \"ns\""));
  run.measure("plain", "op_ns", 1.5);
  run.record.machine["emulated"].value = true;
  EXPECT_EQ(run.verdict("test.claim"), "not measurable");
  EXPECT_THAT(run.reason("test.claim"), HasSubstr("emulated"));
}

TEST(Verdicts, GuestsAreJudgedAndMarked) {
  auto run = run_with(claim_with(kPlainValue, "{ low = 1.0, high = 2.0 }", "unit = \"ns\""));
  run.measure("plain", "op_ns", 1.5);
  EXPECT_EQ(run.claim("test.claim").at("guest"), false);
  run.record.machine["guest"].value = "KVM";
  EXPECT_EQ(run.claim("test.claim").at("guest"), true);
  EXPECT_EQ(run.verdict("test.claim"), "holds");
}

TEST(Controls, AFailedControlLeavesTheClaimUndecided) {
  auto run = run_with(claim_with(kPlainValue, "{ low = 1.0, high = 2.0 }", R"(unit = "ns"
control = { ratio = ["other", "plain"], counter = "op_ns", expect = { low = 0.9, high = 1.1 } })"));
  run.measure("plain", "op_ns", 1.5);
  run.measure("other", "op_ns", 1.5);
  EXPECT_EQ(run.verdict("test.claim"), "holds");
  EXPECT_EQ(run.claim("test.claim").at("control").at("passed"), true);
  run.measure("other", "op_ns", 3.0);
  EXPECT_EQ(run.verdict("test.claim"), "undecided");
  EXPECT_THAT(run.reason("test.claim"), HasSubstr("the control failed: ratio of other / plain is 2.00 ×"));
  EXPECT_THAT(run.reason("test.claim"), HasSubstr("expected 0.9–1.1 ×"));
}

TEST(Controls, AControlThatCouldNotBeMeasuredLeavesTheClaimUndecided) {
  auto run = run_with(claim_with(kPlainValue, "{ low = 1.0, high = 2.0 }", R"(unit = "ns"
control = { ratio = ["other", "plain"], counter = "op_ns", expect = { low = 0.9, high = 1.1 } })"));
  run.measure("plain", "op_ns", 1.5);
  run.refuse("other", Outcome::kUnmeasurable, "no such thing");
  EXPECT_EQ(run.verdict("test.claim"), "undecided");
  EXPECT_THAT(run.reason("test.claim"), HasSubstr("no such thing"));
}

TEST(Controls, ASweptControlHasToPassAtEveryValue) {
  auto run = run_with(claim_with(kPlainValue, "{ low = 1.0, high = 2.0 }", R"(unit = "ns"
control = { ratio = ["swept", "base"], counter = "op_ns", at = { threads = "each" }, expect = { low = 0.9, high = 1.1 } })"));
  run.measure("plain", "op_ns", 1.5);
  run.measure("base", "op_ns", 10.0);
  run.measure("swept", "op_ns", 10.0);
  EXPECT_EQ(run.verdict("test.claim"), "holds");
  run.measure("swept", "op_ns",
              [](const Axes& axes, int round) { return wobble(axes.at("threads") == "2" ? 20.0 : 10.0, round + 2); });
  EXPECT_EQ(run.verdict("test.claim"), "undecided");
  EXPECT_THAT(run.reason("test.claim"), HasSubstr("the control failed: ratio of swept / base at 2 threads is "));
}

TEST(Controls, AReportedClaimWithAFailedControlSaysNothing) {
  auto run = run_with(
      "\n[[claim]]\nid = \"test.claim\"\nsource = { key = \"ours\" }\nsays = \"So.\"\nmetric = " + kPlainValue +
      "\nunit = \"ns\"\ncontrol = { difference = [\"other\", \"plain\"], counter = \"jumps\", expect = { at_least = 2 "
      "} }\n");
  run.measure("plain", "op_ns", 1.5);
  run.count("plain", "jumps", 12);
  run.count("other", "jumps", 12);
  EXPECT_EQ(run.verdict("test.claim"), "undecided");
  run.count("other", "jumps", 24);
  EXPECT_EQ(run.verdict("test.claim"), "reported");
}

TEST(Ceilings, EqualSharesGainWhatTheBusiestCpuLeaves) {
  Expectation expectation;
  expectation.low = 0.5;
  expectation.times_cpus_up_to = 4;
  const auto low_on = [&](int cpus) { return edges_of(expectation, cpus).low.value(); };
  EXPECT_DOUBLE_EQ(low_on(1), 0.5);
  EXPECT_DOUBLE_EQ(low_on(2), 1.0);
  EXPECT_DOUBLE_EQ(low_on(3), 1.0) << "one of three CPUs has two of the four shares";
  EXPECT_DOUBLE_EQ(low_on(4), 2.0);
  EXPECT_DOUBLE_EQ(low_on(64), 2.0);
}

TEST(Ceilings, BelowTheCeilingNothingIsSaidAboutThreads) {
  auto run = run_with(claim_with(R"({ ratio = ["plain", "other"], counter = "op_ns" })",
                                 "{ at_least = 0.8, times_cpus_up_to = 4 }", R"(unit = "ratio"
ceiling = { ratio = ["native_1", "native_n"], counter = "op_ns", expect = { at_least = 0.9, times_cpus_up_to = 4 } })"));
  run.measure("plain", "op_ns", 190.0);
  run.measure("other", "op_ns", 100.0);
  run.measure("native_1", "op_ns", 195.0);
  run.measure("native_n", "op_ns", 100.0);
  EXPECT_EQ(run.verdict("test.claim"), "holds");  // 1.9 of 0.8 × 2 CPUs
  EXPECT_DOUBLE_EQ(run.claim("test.claim").at("expected_low").to_number<double>(), 1.6);
  run.measure("native_1", "op_ns", 130.0);
  EXPECT_EQ(run.verdict("test.claim"), "not measurable");
  EXPECT_THAT(run.reason("test.claim"), HasSubstr("the ceiling was not reached"));
  EXPECT_EQ(run.claim("test.claim").at("ceiling").at("passed"), false);
  for (Block& block : run.blocks) {
    if (block.case_key == run.labelled_cases("native_1").front().key) block.outcome = Outcome::kFailed;
  }
  EXPECT_EQ(run.verdict("test.claim"), "undecided") << "a crash is no inability of the machine";
  EXPECT_THAT(run.reason("test.claim"), HasSubstr("without its ceiling"));
}

TEST(Ceilings, OneCpuReachesEveryCeilingAndSaysNothingAboutThreads) {
  SyntheticRun run(10, 1);
  run.add(scenario_with(claim_with(R"({ ratio = ["plain", "other"], counter = "op_ns" })",
                                   "{ at_least = 0.8, times_cpus_up_to = 4 }", R"(unit = "ratio"
ceiling = { ratio = ["native_1", "native_n"], counter = "op_ns", expect = { at_least = 0.9, times_cpus_up_to = 4 } })")),
          "test/claims");
  for (const char* label : {"plain", "other", "native_1", "native_n"}) run.measure(label, "op_ns", 100.0);
  EXPECT_EQ(run.verdict("test.claim"), "not measurable");
  EXPECT_THAT(run.reason("test.claim"), HasSubstr("one CPU is usable"));
}

TEST(SweptClaims, HoldInPartForThePlacesThatArePrinted) {
  auto run = run_with(claim_with(R"({ ratio = ["swept", "base"], counter = "op_ns", at = { threads = "each" } })",
                                 "{ above = 1.0 }", "unit = \"ratio\""));
  run.measure("base", "op_ns", 10.0);
  run.measure("swept", "op_ns",
              [](const Axes& axes, int round) { return wobble(axes.at("threads") == "1" ? 5.0 : 20.0, round + 2); });
  const auto claim = run.claim("test.claim");
  EXPECT_EQ(claim.at("verdict"), "holds in part");
  ASSERT_EQ(claim.at("parts").as_array().size(), 3U);
  EXPECT_EQ(claim.at("parts").as_array()[0].at("verdict"), "refuted");
  EXPECT_EQ(claim.at("parts").as_array()[2].at("verdict"), "holds");
  EXPECT_EQ(claim.at("parts").as_array()[2].at("at").at("threads"), "4");
  EXPECT_THAT(run.reason("test.claim"), HasSubstr("holds for 2 threads; 4 threads, refuted for 1 thread"));
  EXPECT_TRUE(claim.at("value").is_null());
}

TEST(SweptClaims, HoldWhenAllPlacesHoldAndAreRefutedWhenNoneDoes) {
  auto run = run_with(claim_with(R"({ ratio = ["swept", "base"], counter = "op_ns", at = { threads = "each" } })",
                                 "{ above = 1.0 }", "unit = \"ratio\""));
  run.measure("base", "op_ns", 10.0);
  run.measure("swept", "op_ns", 20.0);
  EXPECT_EQ(run.verdict("test.claim"), "holds");
  run.measure("swept", "op_ns", 5.0);
  EXPECT_EQ(run.verdict("test.claim"), "refuted");
}

TEST(SweptClaims, NamePlacesThatCouldNotBeMeasuredAndDoNotCountThem) {
  auto run = run_with(claim_with(R"({ ratio = ["swept", "base"], counter = "op_ns", at = { threads = "each" } })",
                                 "{ above = 1.0 }", "unit = \"ratio\""));
  run.measure("base", "op_ns", 10.0);
  run.measure("swept", "op_ns", 20.0);
  std::erase_if(run.blocks, [](const Block& block) { return block.case_key == "test/claims:swept/threads:4"; });
  Block& refused = run.find_or_add("test/claims:swept/threads:4", 0);
  refused.outcome = Outcome::kUnmeasurable;
  refused.reason = "needs four CPUs";
  EXPECT_EQ(run.verdict("test.claim"), "holds");
  EXPECT_THAT(run.reason("test.claim"), HasSubstr("holds for 1 thread; 2 threads, not measurable for 4 threads"));
  EXPECT_EQ(run.claim("test.claim").at("parts").as_array()[2].at("verdict"), "not measurable");
}

TEST(SweptClaims, SayWhyNothingWasMeasured) {
  auto run = run_with(claim_with(R"({ value = "swept", counter = "op_ns", at = { threads = "largest" } })",
                                 "{ above = 1.0 }", "unit = \"ns\""));
  run.refuse("swept", Outcome::kFailed, "killed by signal 6");
  EXPECT_EQ(run.verdict("test.claim"), "undecided");
  EXPECT_THAT(run.reason("test.claim"), HasSubstr("killed by signal 6"));
  run.refuse("swept", Outcome::kUnmeasurable, "no threads here");
  EXPECT_EQ(run.verdict("test.claim"), "not measurable");
  EXPECT_EQ(run.reason("test.claim"), "no threads here");
}

TEST(Combine, FollowsTheRule) {
  using enum Verdict;
  EXPECT_EQ(combine({}), kNotMeasurable);
  EXPECT_EQ(combine({kHolds, kNotMeasurable, kHolds}), kHolds);
  EXPECT_EQ(combine({kRefuted, kRefuted}), kRefuted);
  EXPECT_EQ(combine({kHolds, kRefuted}), kHoldsInPart);
  EXPECT_EQ(combine({kHolds, kUndecided}), kHoldsInPart);
  EXPECT_EQ(combine({kHoldsInPart, kHoldsInPart}), kHoldsInPart);
  EXPECT_EQ(combine({kRefuted, kUndecided}), kUndecided);
  EXPECT_EQ(combine({kReported, kUndecided, kNotMeasurable}), kReported);
  EXPECT_EQ(combine({kReported, kHolds}), kHolds);
  EXPECT_EQ(combine({kNotMeasurable, kUndecided}), kUndecided);
}

TEST(Ratios, ARoundWithoutOneSideIsDropped) {
  auto run = run_with(
      claim_with(R"({ ratio = ["plain", "other"], counter = "op_ns" })", "{ at_least = 2.0 }", "unit = \"ratio\""));
  run.measure("plain", "op_ns", 30.0);
  run.measure("other", "op_ns", 10.0);
  run.find_or_add("test/claims:work/kind:other", 4).outcome = Outcome::kFailed;
  const auto claim = run.claim("test.claim");
  EXPECT_EQ(claim.at("n"), 9);
  EXPECT_EQ(claim.at("verdict"), "holds");
}

TEST(Ratios, NoiseThatBothSidesShareInARoundCancels) {
  auto run = run_with(claim_with(R"({ ratio = ["plain", "other"], counter = "op_ns" })", "{ low = 2.9, high = 3.1 }",
                                 "unit = \"ratio\""));
  const auto drift = [](double cost) { return [cost](const Axes&, int round) { return cost * (1.0 + round); }; };
  run.measure("plain", "op_ns", drift(30.0));
  run.measure("other", "op_ns", drift(10.0));
  EXPECT_EQ(run.verdict("test.claim"), "holds");
}

TEST(Differences, AreDividedByWhatTheClaimSays) {
  auto run = run_with(claim_with(R"({ difference = ["plain", "other"], divided_by = 10000, counter = "syscalls" })",
                                 "{ low = 2.99, high = 3.01 }", "unit = \"calls per byte\""));
  run.count("plain", "syscalls", 60055);
  run.count("other", "syscalls", 30055);
  const auto claim = run.claim("test.claim");
  EXPECT_EQ(claim.at("verdict"), "holds");
  EXPECT_EQ(claim.at("value"), 3);
}

TEST(Scales, ValuesAreInTheUnitOfTheClaim) {
  auto run = run_with(claim_with(R"({ value = "plain", counter = "op_ns", scale = 1e-6 })",
                                 "{ low = 0.5, high = 1000 }", "unit = \"ms\""));
  run.measure("plain", "op_ns", 2e6);
  EXPECT_EQ(run.verdict("test.claim"), "holds");
  EXPECT_NEAR(run.claim("test.claim").at("value").to_number<double>(), 2.0, 0.02);
}

TEST(Summaries, FollowTheRuleForVariants) {
  const auto value = [](const std::string& label) { return "{ value = \"" + label + "\", counter = \"op_ns\" }"; };
  auto run = run_with(claim_with(value("plain"), "{ at_most = 2.0 }", "unit = \"ns\"", "a") +
                      claim_with(value("other"), "{ at_most = 2.0 }", "unit = \"ns\"", "b") +
                      claim_with(value("native_1"), "{ at_most = 2.0 }", "unit = \"ns\"", "c"));
  run.measure("plain", "op_ns", 1.0);
  run.measure("other", "op_ns", 1.0);
  run.refuse("native_1", Outcome::kUnmeasurable, "no");
  const auto summary = [&] { return run.analysis().at("claim_summary").as_array()[0].as_object(); };
  EXPECT_EQ(summary().at("verdict"), "holds");
  run.measure("other", "op_ns", 9.0);
  EXPECT_EQ(summary().at("verdict"), "holds in part");
  EXPECT_EQ(summary().at("holds_for"), (boost::json::array{"a"}));
  EXPECT_EQ(summary().at("refuted_for"), (boost::json::array{"b"}));
  EXPECT_EQ(summary().at("variants").as_array().size(), 3U);
  run.measure("plain", "op_ns", 9.0);
  EXPECT_EQ(summary().at("verdict"), "refuted");
}

}  // namespace
}  // namespace unitcost
