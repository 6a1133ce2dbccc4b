// Claims over a whole axis: the law a/x + b, and linearity.
#include <string>

#include <gmock/gmock.h>

#include "tests/harness/analyse/synthetic_run.hpp"

namespace unitcost {
namespace {

using testing::HasSubstr;
using testing_support::Axes;
using testing_support::SyntheticRun;
using testing_support::wobble;

const std::string kScenario = R"(
schema = 1
question = "What?"
why = "Why."
reading = "How."
[cases]
raw = "raw/chunk:{chunk}"
fork = "fork/bytes:{bytes}"
[axis.chunk]
values = [1, 4, 16, 64, 256, 1024]
[axis.bytes]
values = ["4MiB", "64MiB", "128MiB", "256MiB", "512MiB", "1GiB"]
[[claim]]
id = "syscall.batch-law"
source = { key = "fundamentos" }
says = "So."
metric = { inverse_fit = "raw", over = "chunk", counter = "byte_ns" }
expect = { at_most = 0.25 }
unit = "ratio"
[[claim]]
id = "process.fork-page-tables"
source = { key = "review" }
says = "So."
metric = { linearity = "fork", over = "bytes", from = "64MiB", counter = "fork_ns" }
expect = { low = 0.8, high = 1.25 }
unit = "ratio"
)";

SyntheticRun run_of(int rounds = 10) {
  SyntheticRun run(rounds);
  run.add(kScenario, "test/axes");
  return run;
}

double number(const Axes& axes, const std::string& axis) { return std::stod(axes.at(axis)); }

TEST(InverseLaw, HoldsForAPriceACallAndAPriceAByte) {
  auto run = run_of();
  run.measure("raw", "byte_ns",
              [](const Axes& axes, int round) { return wobble(300.0 / number(axes, "chunk") + 0.1, round); });
  const auto claim = run.claim("syscall.batch-law");
  EXPECT_EQ(claim.at("verdict"), "holds");
  EXPECT_LT(claim.at("value").to_number<double>(), 0.01);
  EXPECT_LE(claim.at("interval").as_array()[0].to_number<double>(), claim.at("value").to_number<double>());
  EXPECT_THAT(run.reason("syscall.batch-law"), HasSubstr("largest deviation from a/x + b"));
}

TEST(InverseLaw, IsRefutedByAStep) {
  auto run = run_of();
  run.measure("raw", "byte_ns", [](const Axes& axes, int round) {
    return wobble((300.0 / number(axes, "chunk") + 0.1) * (number(axes, "chunk") > 32 ? 3.0 : 1.0), round);
  });
  EXPECT_EQ(run.verdict("syscall.batch-law"), "refuted");
}

TEST(InverseLaw, NeedsThreePoints) {
  auto run = run_of();
  run.refuse("raw", Outcome::kUnmeasurable, "no tmpfs");
  EXPECT_EQ(run.verdict("syscall.batch-law"), "not measurable");
  EXPECT_EQ(run.reason("syscall.batch-law"), "no tmpfs");
}

TEST(InverseLaw, IsUndecidedWithAPointThatCrashed) {
  auto run = run_of();
  run.measure("raw", "byte_ns",
              [](const Axes& axes, int round) { return wobble(300.0 / number(axes, "chunk") + 0.1, round); });
  for (Block& block : run.blocks) {
    if (!block.case_key.ends_with("chunk:256")) continue;
    block.outcome = Outcome::kFailed;
    block.reason = "killed by signal 11";
  }
  EXPECT_EQ(run.verdict("syscall.batch-law"), "undecided");
  EXPECT_THAT(run.reason("syscall.batch-law"), HasSubstr("raw/chunk:256 failed: killed by signal 11"));
}

TEST(Linearity, HoldsForALineWithAnOffset) {
  auto run = run_of();
  run.measure("fork", "fork_ns",
              [](const Axes& axes, int round) { return wobble(50000.0 + number(axes, "bytes") / 1000.0, round); });
  const auto claim = run.claim("process.fork-page-tables");
  EXPECT_EQ(claim.at("verdict"), "holds");
  EXPECT_NEAR(claim.at("value").to_number<double>(), 1.0, 0.02);
  EXPECT_EQ(claim.at("n"), 10);
  EXPECT_THAT(run.reason("process.fork-page-tables"), HasSubstr("over 5 values of bytes"));  // 4 MiB lies before `from`
}

TEST(Linearity, IsRefutedForASquare) {
  auto run = run_of();
  run.measure("fork", "fork_ns", [](const Axes& axes, int round) {
    return wobble(number(axes, "bytes") * number(axes, "bytes") / 1e9, round);
  });
  EXPECT_EQ(run.verdict("process.fork-page-tables"), "refuted");
}

TEST(Linearity, StandsOnTheRoundsInWhichEveryPointWasMeasured) {
  auto run = run_of();
  run.measure("fork", "fork_ns",
              [](const Axes& axes, int round) { return wobble(50000.0 + number(axes, "bytes") / 1000.0, round); });
  // A slow case of six rounds spread over ten.
  for (const int round : {2, 4, 7, 9})
    run.find_or_add("test/axes:fork/bytes:1073741824", round).outcome = Outcome::kFailed;
  EXPECT_EQ(run.claim("process.fork-page-tables").at("n"), 6);
  EXPECT_EQ(run.verdict("process.fork-page-tables"), "holds");
}

}  // namespace
}  // namespace unitcost
