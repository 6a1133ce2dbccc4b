#include "harness/cli/ledger.hpp"

#include <string>

#include <gmock/gmock.h>
#include <boost/json/parse.hpp>

namespace unitcost::cli {
namespace {

using testing::HasSubstr;
using testing::Not;

const boost::json::value kAnalysis = boost::json::parse(R"({
  "claims": [
    {"id": "memory.l1", "variant": "", "verdict": "holds", "value": 1.52, "interval": [1.51, 1.53], "unit": "ns", "expected": "1–2 ns",
     "source": {"key": "fundamentos", "section": "1.2"}, "control": null, "reason": "level 1.52 ns lies inside 1–2 ns", "method": "m"},
    {"id": "process.creation-ms", "variant": "4 MiB", "verdict": "not measurable", "value": null, "interval": null, "unit": "ms", "expected": "0.5–1000 ms",
     "source": {"key": "fundamentos", "section": "4.3"}, "control": null, "reason": "one two three four five six seven eight nine ten", "method": "m"}
  ],
  "claim_summary": [
    {"id": "memory.l1", "verdict": "holds", "variants": [""], "holds_for": [""], "refuted_for": []},
    {"id": "process.creation-ms", "verdict": "not measurable", "variants": ["4 MiB"], "holds_for": [], "refuted_for": []}
  ],
  "estimates": [{"key": "a/b:c", "counter": "op_ns", "unit": "ns", "value": 2.0, "interval": [1.9, 2.1], "n": 10}]
})");

TEST(Ledger, AlignsItsColumnsByWhatAReaderSees) {
  EXPECT_EQ(ledger_text(kAnalysis, {}),
            "verdict         claim                        measured              expected\n"
            "holds           memory.l1                    1.52 ns [1.51, 1.53]  1–2 ns\n"
            "                level 1.52 ns lies inside 1–2 ns\n"
            "not measurable  process.creation-ms (4 MiB)  –                     0.5–1000 ms\n"
            "                one two three four five six seven eight nine ten\n"
            "\n"
            "2 claims: 1 holds, 1 not measurable\n");
}

TEST(Ledger, BreaksReasonsAtTheWidthOfTheTerminal) {
  const std::string text = ledger_text(kAnalysis, {false, 40});
  EXPECT_THAT(text, HasSubstr("                one two three four five\n                six seven eight nine ten\n"));
}

TEST(Ledger, ColoursVerdictsOnlyWhenAsked) {
  EXPECT_THAT(ledger_text(kAnalysis, {}), Not(HasSubstr("\x1b")));
  EXPECT_THAT(ledger_text(kAnalysis, {true, 0}), HasSubstr("\x1b[32mholds"));
}

TEST(Ledger, OfARunWithoutClaimsSaysSo) {
  EXPECT_EQ(ledger_text(boost::json::parse(R"({"claims": [], "claim_summary": []})"), {}),
            "The scenarios of this run judge no claims.\n");
}

TEST(ClaimsList, HasTheKeysOfTheDesignInTheirOrder) {
  const auto list = claims_list(kAnalysis);
  ASSERT_EQ(list.as_array().size(), 2U);
  std::string keys;
  for (const auto& member : list.as_array()[0].as_object()) keys += std::string(member.key()) + " ";
  EXPECT_EQ(keys, "id variant verdict value unit interval expected source control reason ");
}

TEST(EstimatesTable, HasARowACaseAndCounter) {
  EXPECT_EQ(estimates_text(kAnalysis), "a/b:c  op_ns  2.00 ns [1.90, 2.10]  n = 10\n");
}

}  // namespace
}  // namespace unitcost::cli
