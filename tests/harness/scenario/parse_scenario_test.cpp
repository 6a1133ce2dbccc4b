#include "harness/scenario/parse.hpp"

#include <algorithm>
#include <stdexcept>

#include <gmock/gmock.h>

#include "harness/base/error.hpp"
#include "tests/harness/scenario/example.hpp"

namespace unitcost {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class ParsedExample : public ::testing::Test {
 protected:
  Scenario scenario_ = parse_scenario(testing_support::kExample, "memory/example", "example.toml");

  const Claim& claim(const std::string& id) const {
    const auto found = std::find_if(scenario_.claims.begin(), scenario_.claims.end(),
                                    [&id](const Claim& one) { return one.id == id; });
    if (found == scenario_.claims.end()) throw std::out_of_range(id);
    return *found;
  }
};

TEST_F(ParsedExample, TextsAreByLanguage) {
  EXPECT_EQ(scenario_.question, (Text{{"en", "What does a dependent load cost?"}}));
  EXPECT_EQ(scenario_.why.at("pt"), "Porque.");
  EXPECT_EQ(in_english(scenario_.why), "Because.");
  EXPECT_EQ(in_english(Text{{"pt", "Só."}}), "Só.");
  EXPECT_EQ(in_english({}), "");
}

TEST_F(ParsedExample, CasesKeepTheOrderOfTheFile) {
  EXPECT_THAT(scenario_.case_order,
              ElementsAre("random", "sequential", "random_huge", "calls", "twin", "held", "chunked", "chain"));
  EXPECT_EQ(scenario_.cases.at("random"),
            (CasePattern{"memory/example", "walk/order:random/page:base/bytes:{bytes}", Observe::kTime}));
  EXPECT_EQ(scenario_.cases.at("calls").observe, Observe::kSyscalls);
  EXPECT_EQ(scenario_.cases.at("twin").program, "python/batching");
}

TEST_F(ParsedExample, AxesAreRangesCountsSizesAndWords) {
  const Axis& bytes = scenario_.axes.at("bytes");
  EXPECT_TRUE(bytes.is_range);
  EXPECT_EQ(bytes.from, 4096U);
  EXPECT_EQ(bytes.to, 65536U);
  EXPECT_EQ(bytes.per_octave, 1);
  EXPECT_EQ(bytes.near_cliffs, 4);
  EXPECT_EQ(bytes.cliff_case, "random_huge");
  EXPECT_EQ(scenario_.axes.at("threads").cpus_times, 2);
  EXPECT_EQ(scenario_.axes.at("section").kind, Axis::Kind::kWords);
  EXPECT_EQ(scenario_.axes.at("chunk").kind, Axis::Kind::kSizes);
  EXPECT_THAT(scenario_.axes.at("chunk").numbers, ElementsAre(1, 64, 4096));
}

TEST_F(ParsedExample, RunSettingsOfALabelAreComplete) {
  EXPECT_EQ(scenario_.run.cpus, "one");
  EXPECT_EQ(scenario_.run.memory_axis, "bytes");
  const RunSettings& calls = scenario_.run_by_label.at("calls");
  EXPECT_EQ(calls.cpus, "all");
  EXPECT_EQ(calls.timeout_s, 120);
  EXPECT_TRUE(calls.slow);
  EXPECT_EQ(calls.memory_axis, "") << "the sweep's estimate is not this label's";
  EXPECT_EQ(calls.memory_extra_bytes, 1U << 20U);
  EXPECT_EQ(scenario_.run_by_label.at("held").cpus, "2");
  EXPECT_EQ(scenario_.run_by_label.at("held").sample_ms, 20);
}

TEST_F(ParsedExample, ARatioHasPositionControlAndCeiling) {
  const Claim& ratio = claim("memory.random-array");
  EXPECT_EQ(ratio.metric.kind, Metric::Kind::kRatio);
  EXPECT_THAT(ratio.metric.cases, ElementsAre("random", "sequential"));
  EXPECT_EQ(ratio.metric.at.at("bytes"), Position("past-last-cache"));
  EXPECT_EQ(ratio.expect.low, 2.0);
  EXPECT_EQ(ratio.expect.high, std::nullopt);
  EXPECT_FALSE(ratio.expect.strict);
  EXPECT_EQ(ratio.unit, "ratio");
  EXPECT_EQ(ratio.control->expect.high, 1.1);
  EXPECT_EQ(ratio.ceiling->expect.times_cpus_up_to, 4);
  EXPECT_THAT(ratio.conflicts, ElementsAre("other.claim"));
  EXPECT_EQ(in_english(ratio.instead), "It is not.");
  EXPECT_EQ(ratio.source_section, "1.2");
}

TEST_F(ParsedExample, UnitsFollowFromTheKind) {
  EXPECT_EQ(claim("memory.l1").unit, "ns");
  EXPECT_EQ(claim("memory.l1-size").unit, "bytes");
  EXPECT_EQ(claim("memory.hierarchy-order").unit, "ratio");
  EXPECT_EQ(claim("syscall.batch-count").unit, "count");
  EXPECT_EQ(claim("syscall.batch-law").unit, "ratio");
  EXPECT_EQ(claim("process.fork-page-tables").unit, "ratio");
}

TEST_F(ParsedExample, AboveAndBelowExcludeTheEdge) {
  EXPECT_TRUE(claim("memory.l1").expect.strict);
  EXPECT_EQ(claim("memory.l1").expect.low, 1.0);
  EXPECT_EQ(claim("memory.l1").expect.high, 2.0);
}

TEST_F(ParsedExample, MetricsOverAnAxisKnowCurveAndAxis) {
  const Metric& order = claim("memory.hierarchy-order").metric;
  EXPECT_THAT(order.cases, ElementsAre("random_huge"));
  EXPECT_EQ(order.axis, "bytes");
  EXPECT_THAT(order.levels, ElementsAre("l1", "l2", "last-cache", "memory"));
  EXPECT_EQ(claim("memory.l1-size").metric.which, "first");
  EXPECT_EQ(claim("process.fork-page-tables").metric.from, 64U);
}

TEST_F(ParsedExample, AClaimWithoutExpectationIsReported) {
  const Claim& cost = claim("sync.cost");
  EXPECT_TRUE(cost.expect.is_reported());
  EXPECT_EQ(cost.metric.at.at("threads"), Position(std::uint64_t{2}));
  EXPECT_EQ(cost.metric.at.at("section"), Position("each"));
  EXPECT_EQ(cost.metric.scale, 0.001);
}

TEST_F(ParsedExample, FiguresAndTheirDefaults) {
  ASSERT_EQ(scenario_.figures.size(), 2U);
  EXPECT_EQ(scenario_.figures[0].scale, "log-log");
  EXPECT_TRUE(scenario_.figures[0].inverse && scenario_.figures[0].cliffs);
  EXPECT_EQ(scenario_.figures[1].scale, "linear");
  EXPECT_THAT(scenario_.figures[1].cases, IsEmpty());
  EXPECT_EQ(scenario_.figures[1].title.at("pt"), "Todos");
  EXPECT_EQ(scenario_.figures[1].minus, "sequential");
}

TEST_F(ParsedExample, LinesAreThoseOfTheFile) {
  EXPECT_EQ(scenario_.file, "example.toml");
  EXPECT_EQ(scenario_.claims[0].line, 42);
  EXPECT_LT(scenario_.claims[0].line, scenario_.claims[1].line);
}

TEST(Sizes, AreReadWithBinaryUnits) {
  EXPECT_EQ(parse_size("4KiB"), 4096U);
  EXPECT_EQ(parse_size("512MiB"), 536870912U);
  EXPECT_EQ(parse_size("1GiB"), 1073741824U);
  EXPECT_EQ(parse_size("100"), 100U);
  EXPECT_EQ(parse_size("64B"), 64U);
  EXPECT_EQ(parse_size("0"), 0U);
  EXPECT_EQ(parse_size("8191GiB"), 8191ULL << 30U);
}

TEST(Sizes, OtherSpellingsAreRefused) {
  for (const char* text : {"", "KiB", "4kB", "4 KiB", "4K", "-1", "+1", "1.5MiB", "0x10", "4KiBB",
                           "99999999999999999999", "9999999999GiB", "9223372036854775808"}) {
    EXPECT_THROW(parse_size(text), BadInput) << text;
  }
}

TEST(Sizes, ArePrintedForPeople) {
  EXPECT_EQ(format_size(0), "0 B");
  EXPECT_EQ(format_size(1023), "1023 B");
  EXPECT_EQ(format_size(4096), "4 KiB");
  EXPECT_EQ(format_size(1536), "1.5 KiB");
  EXPECT_EQ(format_size(536870912), "512 MiB");
  EXPECT_EQ(format_size(UINT64_MAX), "16 EiB");
}

}  // namespace
}  // namespace unitcost
