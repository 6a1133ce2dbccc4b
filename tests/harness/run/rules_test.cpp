// Rules that are pure functions: contamination, strace's table, names in filters, redaction.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "harness/base/error.hpp"
#include "harness/plan/build.hpp"
#include "harness/run/build_facts.hpp"
#include "harness/run/calibrate.hpp"
#include "harness/run/command.hpp"
#include "harness/run/contamination.hpp"
#include "harness/run/redact.hpp"
#include "harness/run/strace.hpp"

namespace unitcost {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

Covariates clean(double wall_s) {
  Covariates covariates;
  covariates.cpus_asked = {1};
  covariates.cpus_used = {1};
  covariates.readings = {
      {"wall_s", wall_s}, {"steal_ticks", 0.0}, {"reference_before_ns", 2e6}, {"reference_after_ns", 2e6}};
  return covariates;
}

TEST(Contamination, StealFiresAboveTwoTicksAndTwoPercent) {
  Covariates covariates = clean(0.1);
  covariates.readings["steal_ticks"] = 2.0;
  EXPECT_THAT(contamination_of(covariates, 2e6, 100), IsEmpty());
  covariates.readings["steal_ticks"] = 3.0;
  EXPECT_THAT(contamination_of(covariates, 2e6, 100), ElementsAre("steal"));
  covariates.readings["wall_s"] = 2.0;  // 200 ticks: four of them are 2 %
  covariates.readings["steal_ticks"] = 4.0;
  EXPECT_THAT(contamination_of(covariates, 2e6, 100), IsEmpty());
  covariates.readings["steal_ticks"] = 5.0;
  EXPECT_THAT(contamination_of(covariates, 2e6, 100), ElementsAre("steal"));
}

TEST(Contamination, ReferenceFiresAboveTenPercentOnEitherSide) {
  Covariates covariates = clean(0.1);
  covariates.readings["reference_after_ns"] = 2.2e6;
  EXPECT_THAT(contamination_of(covariates, 2e6, 100), IsEmpty());
  covariates.readings["reference_after_ns"] = 2.21e6;
  EXPECT_THAT(contamination_of(covariates, 2e6, 100), ElementsAre("reference"));
  EXPECT_THAT(contamination_of(covariates, 0.0, 100), IsEmpty());
}

TEST(Contamination, ThrottlingAndAForeignCpuFireAndAnAbsentReadingNever) {
  Covariates covariates = clean(0.1);
  covariates.readings["cgroup_throttled_us"] = 1.0;
  covariates.cpus_used = {1, 3};
  EXPECT_THAT(contamination_of(covariates, 2e6, 100), ElementsAre("cpu", "throttled"));
  Covariates absent;
  absent.cpus_asked = {1};
  absent.readings = {{"steal_ticks", std::nullopt}, {"throttle_count", std::nullopt}};
  EXPECT_THAT(contamination_of(absent, 2e6, 100), IsEmpty());
}

TEST(Strace, ReadsTheTable) {
  const auto counts = parse_strace_counts(
      "syscall              calls    errors\n---------------- --------- ---------\nwrite                   10\nopenat  "
      "                 2         1\n"
      "---------------- --------- ---------\ntotal                   12         1\n");
  EXPECT_EQ(counts.at("syscalls"), 12);
  EXPECT_EQ(counts.at("syscalls.write"), 10);
  EXPECT_EQ(counts.size(), 3U);
}

TEST(Strace, RefusesATableThatIsCutOffOrDoesNotAddUp) {
  EXPECT_THROW(parse_strace_counts(""), BadInput);
  EXPECT_THROW(parse_strace_counts("write 10\n"), BadInput);
  EXPECT_THROW(parse_strace_counts("write 10\ntotal 11\n"), BadInput);
  EXPECT_THROW(parse_strace_counts("write ten\ntotal 10\n"), BadInput);
}

TEST(Command, NamesAreMatchedToTheLetter) {
  EXPECT_EQ(escaped_for_filter("BM_x<int>/a:(1+2).[3]"), R"(BM_x<int>/a:\(1\+2\)\.\[3\])");
}

TEST(Command, AForeignProgramGetsGoogleBenchmarksFlagsAlone) {
  PlannedCase planned;
  planned.name = "BM_x";
  planned.sample_ms = 20;
  const Launch launch{"/p", {}, false, ""};
  for (const std::string& flag : benchmark_flags(planned, launch, {1, 1}, 7, {"/out", "/calls"})) {
    EXPECT_TRUE(flag.starts_with("--benchmark_")) << flag;
  }
}

TEST(Command, SeedsDifferByCaseRoundAndAttempt) {
  PlannedCase planned;
  planned.key = "a";
  planned.name = "a";
  const Launch launch{"/p", {}, true, ""};
  const auto seed_of = [&](int round, int attempt) {
    return benchmark_flags(planned, launch, {round, attempt}, 7, {"", ""}).at(6);
  };
  EXPECT_TRUE(seed_of(1, 1).starts_with("--unitcost_seed="));
  EXPECT_NE(seed_of(1, 1), seed_of(2, 1));
  EXPECT_NE(seed_of(1, 1), seed_of(1, 2));
  EXPECT_EQ(seed_of(1, 1), seed_of(1, 1));
}

Block calibrated(double real_ns, std::int64_t iterations, double operations, double wall_s) {
  Block block;
  block.iterations = iterations;
  block.samples["real_ns"] = {real_ns};
  if (operations > 0) block.samples["operations"] = {operations};
  block.covariates.readings["wall_s"] = wall_s;
  return block;
}

TEST(Calibrate, ASampleHasAtLeastThirtyOperations) {
  PlannedCase planned;
  planned.sample_ms = 5;
  calibrate(planned, {calibrated(2e6, 3, 3, 0.05)}, 6);  // 2 ms an operation: three would fill 5 ms
  EXPECT_EQ(planned.iterations, 30);
  PlannedCase batched;
  batched.sample_ms = 5;
  calibrate(batched, {calibrated(2e6, 3, 3000, 0.05)}, 6);
  EXPECT_EQ(batched.iterations, 3);
}

TEST(Calibrate, AnOperationOfMoreThanHalfASecondIsSlowAndRunsOnce) {
  PlannedCase planned;
  planned.rounds = 10;
  calibrate(planned, {calibrated(0.7e9, 1, 1, 0.8), calibrated(0.7e9, 1, 1, 0.8)}, 6);
  EXPECT_TRUE(planned.slow);
  EXPECT_EQ(planned.iterations, 1);
  EXPECT_EQ(planned.samples, 1);
  EXPECT_EQ(planned.rounds, 6);
}

TEST(Calibrate, SetUpThatTheProofShowsToBeShortIsNotSlow) {
  PlannedCase planned;
  planned.sample_ms = 5;
  calibrate(planned, {calibrated(1e6, 10, 1000, 0.9)}, 6);
  EXPECT_TRUE(wants_proof(planned, {calibrated(1e6, 10, 1000, 0.9)}));
  calibrate(planned, {calibrated(1e6, 10, 1000, 0.9), calibrated(1e6, 6, 600, 0.1)}, 6);
  EXPECT_FALSE(planned.slow);
  EXPECT_LT(planned.expected_s, 0.2);
}

TEST(Calibrate, WhatIsSlowAnywayNeedsNoProof) {
  PlannedCase planned;
  planned.iterations = 10;
  EXPECT_TRUE(wants_proof(planned, {calibrated(1e6, 10, 1000, 0.9)}));
  make_slow(planned, 6);
  EXPECT_FALSE(wants_proof(planned, {calibrated(1e6, 10, 1000, 0.9)}));
  calibrate(planned, {calibrated(1e6, 10, 1000, 0.9)}, 6);
  EXPECT_GT(planned.expected_s, 0.8);  // the block that calibrated is what is expected of the next
}

TEST(Calibrate, ADisturbedBlockIsRunAgain) {
  PlannedCase planned;
  Block disturbed = calibrated(300e6, 1, 1000, 3.0);
  disturbed.covariates.readings["reference_after_ns"] = 9e6;
  EXPECT_TRUE(was_disturbed(planned, {disturbed}, 2e6, 100));
  EXPECT_TRUE(was_disturbed(planned, {disturbed, disturbed}, 2e6, 100));
  EXPECT_FALSE(was_disturbed(planned, {disturbed, disturbed, disturbed}, 2e6, 100)) << "three are enough";
  EXPECT_FALSE(was_disturbed(planned, {disturbed, calibrated(300e6, 1, 1000, 3.0)}, 2e6, 100));
}

TEST(Calibrate, ASlowCaseBesideASlowReferenceGetsTheCountOfAnUndisturbedMachine) {
  PlannedCase planned;
  planned.sample_ms = 20;
  const auto beside = [](double reference_ns) {
    Block block = calibrated(1e6, 10, 1000, 0.4);
    block.covariates.readings["reference_before_ns"] = 2e6;
    block.covariates.readings["reference_after_ns"] = reference_ns;
    return block;
  };
  const auto count_of = [&](const std::vector<Block>& blocks) {
    calibrate(planned, blocks, 6, 2e6);
    return planned.iterations;
  };
  EXPECT_EQ(count_of({beside(3e6)}), 22) << "another block will tell";
  make_slow(planned, 6);
  EXPECT_EQ(count_of({beside(2e6)}), 22);
  const double usual_s = planned.expected_s;
  EXPECT_EQ(count_of({beside(2.1e6)}), 22) << "as slow as a clean block may be";
  EXPECT_EQ(count_of({beside(3e6)}), 33) << "half as many again";
  EXPECT_NEAR(planned.expected_s, usual_s + 0.011, 1e-9);
  EXPECT_EQ(count_of({beside(3e6), beside(2e6)}), 22) << "one of them was not disturbed";
  EXPECT_EQ(count_of({beside(40e6)}), 44) << "the spin was interrupted";
  EXPECT_EQ(count_of({calibrated(300e6, 1, 1000, 3.0)}), 1);
}

TEST(Calibrate, ASlowCaseIsRunAgainForStealButNotForASlowReference) {
  PlannedCase planned;
  planned.iterations = 10;
  Block disturbed = calibrated(1e6, 10, 1000, 0.4);
  disturbed.covariates.readings["reference_after_ns"] = 9e6;
  EXPECT_TRUE(was_disturbed(planned, {disturbed}, 2e6, 100));
  make_slow(planned, 6);
  EXPECT_FALSE(was_disturbed(planned, {disturbed}, 2e6, 100));
  disturbed.covariates.readings["steal_ticks"] = 20;
  EXPECT_TRUE(was_disturbed(planned, {disturbed}, 2e6, 100));
  planned.iterations = 1;
  disturbed.samples["real_ns"] = {300e6};
  EXPECT_FALSE(was_disturbed(planned, {disturbed}, 2e6, 100)) << "no other count could come of it";
}

TEST(Redact, TakesNamesOutAndLeavesValidText) {
  const Redactor redactor({std::pair(std::filesystem::path("/some/where/results"), std::string("<run>"))});
  EXPECT_EQ(redactor.clean("in /some/where/results/x"), "in <run>/x");
  EXPECT_EQ(redactor.clean("in /some/where/resultsets"), "in /some/where/resultsets");
  EXPECT_EQ(redactor.clean("caf\xc3\xa9 \xc3\x28 \x01 \xed\xa0\x80"), "caf\xc3\xa9 ?( ? ???");
}

TEST(BuildFacts, TellInWhatTwoBuildsDiffer) {
  Facts now = build_facts();
  EXPECT_EQ(build_difference(now, now), "");
  Facts before = now;
  before["commit"].value = "0123456789";
  EXPECT_THAT(build_difference(before, now), testing::StartsWith("commit "));
  EXPECT_THAT(build_difference(before, now), testing::HasSubstr("(was 0123456789)"));
}

}  // namespace
}  // namespace unitcost
