#include "harness/compare/gate_rules.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/harness/complaint.hpp"

namespace unitcost {
namespace {

std::string complaint_about(const std::string& toml) {
  return testing_support::complaint_of([&] { return parse_gate_rules(toml, "gate.toml"); });
}

TEST(GateRules, ReadsMarginsAndAcceptedChanges) {
  const GateRules rules = parse_gate_rules(R"(
schema = 1
margin_ratio = 0.02
[[margin]]
case = "process/fork:*"
margin_ratio = 0.05
[[margin]]
case = "*"
margin_ratio = 0.03
[[accepted]]
case = "memory/walk:walk/bytes:4096"
commit = "0123456789"
until = 2026-12-31
reason = "bounds are checked now"
[[accepted]]
case = "x:*"
commit = "0123456789"
until = "2026-01-02"
reason = "as text"
at_most_ratio = 1.2
)",
                                           "gate.toml");
  EXPECT_EQ(rules.margins.usual_ratio, 0.02);
  EXPECT_EQ(rules.margins.of("process/fork:fork/bytes:1"), 0.05) << "the first that fits counts";
  EXPECT_EQ(rules.margins.of("process/fork"), 0.03);
  ASSERT_EQ(rules.accepted.size(), 2U);
  EXPECT_EQ(rules.accepted[0].until, "2026-12-31");
  EXPECT_FALSE(rules.accepted[0].at_most_ratio);
  EXPECT_EQ(rules.accepted[1].until, "2026-01-02");
  EXPECT_EQ(rules.accepted[1].at_most_ratio, 1.2);
}

TEST(GateRules, TellsEveryFaultAtOnceWithItsLine) {
  const std::string said = complaint_about(R"(schema = 1
margin_ratio = 0
[[margin]]
case = "p:x"
[[accepted]]
case = ""
commit = "c"
until = 2026-13-01
reason = "r"
at_most = 1.1
)");
  EXPECT_THAT(said, testing::HasSubstr("not valid TOML"));  // there is no month 13
  const std::string more = complaint_about(R"(schema = 1
margin_ratio = 0
[[margin]]
case = "p:x"
[[accepted]]
case = ""
commit = "c"
until = "soon"
reason = "r"
at_most = 1.1
)");
  EXPECT_THAT(more, testing::HasSubstr("gate.toml:2: "));
  EXPECT_THAT(more, testing::HasSubstr("gate.toml:3: "));
  EXPECT_THAT(more, testing::HasSubstr("gate.toml:6: "));
  EXPECT_THAT(more, testing::HasSubstr("is no day"));
  EXPECT_THAT(more, testing::HasSubstr("did you mean 'at_most_ratio'?"));
}

TEST(GateRules, ANewerSchemaIsRefusedWithBothVersions) {
  EXPECT_THAT(complaint_about("schema = 2\n"), testing::HasSubstr("2 is not the schema 1"));
  EXPECT_THAT(complaint_about(""), testing::HasSubstr("schema"));
  EXPECT_THAT(complaint_about("schema = 1\naccepted = 3\n"), testing::HasSubstr("expected"));
  EXPECT_THAT(complaint_about("schema = 1\naccepted = [3]\n"), testing::HasSubstr("gate.toml"));
}

}  // namespace
}  // namespace unitcost
