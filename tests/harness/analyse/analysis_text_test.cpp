// analysis.json byte for byte. When the format changes on purpose: UNITCOST_UPDATE_GOLDEN=1 harness_tests --gtest_filter='Golden.*', and read the diff.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <limits>
#include <sstream>
#include <string>

#include <gtest/gtest.h>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "harness/base/digest.hpp"
#include "tests/harness/analyse/synthetic_run.hpp"
#include "tests/harness/stats/machine_curve.hpp"

namespace unitcost {
namespace {

using namespace testing_support;  // a table of machines reads better without prefixes

const std::string kScenario = R"(
schema = 1
question = { en = "What does a load cost?", pt = "Quanto custa?" }
why = "Because."
reading = "Lower is better."
[cases]
random_huge = "walk/page:huge/bytes:{bytes}"
sequential = "walk/order:sequential"
refused = "walk/refused"
[axis.bytes]
values = { from = "4KiB", to = "64MiB", per_octave = 1, near_cliffs = 4, cliff_case = "random_huge" }
[[claim]]
id = "memory.l1"
source = { key = "fundamentos", section = "1.2" }
says = { en = "L1 takes 1 to 2 ns.", pt = "L1 leva 1 a 2 ns." }
metric = { level = "l1", curve = "random_huge", over = "bytes", counter = "access_ns" }
expect = { low = 1.0, high = 2.0 }
unit = "ns"
ladder = "L1 hit"
[[claim]]
id = "memory.random-array"
variant = "each size"
source = { key = "fundamentos" }
says = "Random is slower."
metric = { ratio = ["random_huge", "sequential"], counter = "access_ns", at = { bytes = "each" } }
expect = { at_least = 2.0 }
unit = "ratio"
control = { ratio = ["random_huge", "sequential"], counter = "access_ns", at = { bytes = 4096 }, expect = { low = 0.9, high = 1.1 } }
instead = "The order hardly matters in a cache."
[[claim]]
id = "memory.refused"
source = { key = "ours" }
says = "Cannot be tested."
metric = { value = "refused", counter = "access_ns" }
unit = "ns"
[[figure]]
kind = "curve"
title = "Curve"
cases = ["random_huge"]
x = "bytes"
y = "access_ns"
scale = "log-log"
cliffs = true
claims = ["memory.l1"]
)";

SyntheticRun small_run() {
  const Machine board{{{32 * kKiB, 1.5}, {1 * kMiB, 8.0}}, 95.0, true};
  SyntheticRun run(6);
  run.add(kScenario, "memory/cache_cliffs");
  run.measure("random_huge", "access_ns", [board](const Axes& axes, int round) {
    return wobble(latency_ns(board, std::stod(axes.at("bytes"))), round);
  });
  run.measure("sequential", "access_ns", 1.5);
  run.refuse("refused", Outcome::kUnmeasurable, "no \"huge\" pages\nhere");
  return run;
}

std::string read(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

TEST(Golden, TheSameRunGivesTheSameBytes) {
  auto analysis = small_run().analysis();
  analysis["tool"] = "any";  // the version, and with it the id, moves on
  analysis["id"] = "any";
  const std::string text = analysis_text(analysis);
  const auto path = std::filesystem::path(UNITCOST_TEST_DATA) / "analysis" / "small_run.json";
  if (std::getenv("UNITCOST_UPDATE_GOLDEN") != nullptr) std::ofstream(path, std::ios::binary) << text;
  EXPECT_EQ(text, read(path)) << path;
}

TEST(AnalysisText, IsTheSameForBlocksInAnotherOrder) {
  auto run = small_run();
  const std::string before = analysis_text(run.analysis());
  std::reverse(run.blocks.begin(), run.blocks.end());
  EXPECT_EQ(analysis_text(run.analysis()), before);
}

TEST(AnalysisText, IsStrictJsonThatReadsBackToItself) {
  const std::string text = analysis_text(small_run().analysis());
  EXPECT_EQ(analysis_text(boost::json::parse(text)), text);
  EXPECT_EQ(text.back(), '\n');
}

TEST(AnalysisText, ItsIdIsTheHashOfTheRest) {
  auto analysis = small_run().analysis();
  const std::string id(analysis.at("id").as_string());
  boost::json::object rest;
  for (const auto& member : analysis) {
    if (member.key() != "id") rest[member.key()] = member.value();
  }
  EXPECT_EQ(id, sha256_hex(analysis_text(rest)).substr(0, 12));
}

TEST(AnalysisText, HasSixSignificantDigitsAndWholeNumbersWhole) {
  const double infinity = std::numeric_limits<double>::infinity();
  const boost::json::value value = boost::json::array{
      1.0 / 3.0, 123456.789, 1e-9, 2.5e12, -0.0, std::int64_t{536870912}, infinity, true, nullptr, "a\"\n"};
  EXPECT_EQ(
      analysis_text(value),
      "[\n 0.333333,\n 123457,\n 1e-09,\n 2.5e+12,\n 0,\n 536870912,\n null,\n true,\n null,\n \"a\\\"\\n\"\n]\n");
}

}  // namespace
}  // namespace unitcost
