#include "harness/compare/gate_duel.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/harness/compare/sides.hpp"

namespace unitcost {
namespace {

using testing::HasSubstr;
using testing_support::options_today;

std::string case_text(const std::string& key, double ratio, double low, double high, double p_holm,
                      double margin = 0.01, int n = 20) {
  return fmt::format(
      R"({{"key":"{}","program":"p","name":"x","counter":"access_ns","token":true,"a":100,"b":{},"outcome":"inconclusive","reason":"as measured",
"ratio":{},"interval":[{},{}],"n":{},"sd":0.005,"p":0.001,"p_holm":{},"q":0.01,"marked":true,"margin":{},"visible":0.02}})",
      key, 100 * ratio, ratio, low, high, n, p_holm, margin);
}

std::string document(const std::string& cases, const std::string& more = R"("gateable":true,"not_gateable":"")",
                     const std::string& status = "complete") {
  return fmt::format(
      R"({{"schema":1,"id":"0","tool":"0.1.0","kind":"duel","duel":{{"status":"{}","a":{{"name":"old"}},"b":{{"name":"new"}},"layout":"not tested",
"warnings":[]}},"rule":{{"least_pairs":16}},{},"controls_fired":[],"cases":[{}],"not_compared":[],"only_in_a":[],"only_in_b":["p:fresh"]}})",
      status, more, cases);
}

Gate gated(const std::string& cases, const GateOptions& options = options_today()) {
  return gate_duel(document(cases), "duel.json", options);
}

TEST(GateDuel, JudgesByIntervalMarginAndHolm) {
  EXPECT_EQ(gated(case_text("p:same", 1.001, 0.998, 1.004, 1.0)).exit_status(), Exit::kOk);
  EXPECT_EQ(gated(case_text("p:slower", 1.05, 1.04, 1.06, 0.001)).exit_status(), Exit::kGateFailed);
  EXPECT_EQ(gated(case_text("p:faster", 0.9, 0.89, 0.91, 0.001)).exit_status(), Exit::kOk);
  EXPECT_EQ(gated(case_text("p:chance", 1.05, 1.04, 1.06, 0.2)).exit_status(), Exit::kInconclusive);
  EXPECT_EQ(gated(case_text("p:noisy", 1.0, 0.95, 1.05, 1.0)).exit_status(), Exit::kInconclusive);
  EXPECT_EQ(gated(case_text("p:few", 1.05, 1.04, 1.06, 0.001, 0.01, 8)).exit_status(), Exit::kInconclusive);
}

TEST(GateDuel, TheMarginOfTheNullControlsIsWidenedByRulesAndNeverNarrowed) {
  GateOptions options = options_today();
  EXPECT_EQ(gated(case_text("p:x", 1.02, 1.015, 1.025, 0.001, 0.03), options).exit_status(), Exit::kOk);
  options.rules.margins.of_cases = {{"p:x", 0.04}};
  const Gate found = gated(case_text("p:x", 1.03, 1.025, 1.035, 0.001), options);
  EXPECT_EQ(found.exit_status(), Exit::kOk);
  EXPECT_NEAR(found.against[0].cases[0].smallest_visible_ratio, 1.02 * 1.04 / 1.01, 1e-9);
}

TEST(GateDuel, NothingIsGatedOverAFailedNullControlOrAHalfDuel) {
  const auto exit_of = [](const std::string& text) {
    try {
      gate_duel(text, "duel.json", options_today());
    } catch (const Error& error) {
      return error.exit_status();
    }
    return Exit::kOk;
  };
  const std::string slower = case_text("p:slower", 1.05, 1.04, 1.06, 0.001);
  EXPECT_EQ(exit_of(document(slower, R"("gateable":false,"not_gateable":"the null control of p:x fired")")),
            Exit::kInconclusive);
  EXPECT_EQ(exit_of(document(slower, R"("gateable":true,"not_gateable":"")", "interrupted")), Exit::kInconclusive);
  EXPECT_EQ(exit_of("{}"), Exit::kBadInput);
  EXPECT_EQ(exit_of(R"({"schema":2,"kind":"duel"})"), Exit::kBadInput);
  EXPECT_EQ(exit_of(R"({"schema":1,"kind":"pilot"})"), Exit::kBadInput);
  EXPECT_EQ(exit_of(""), Exit::kBadInput);
}

TEST(GateDuel, ADuelOfWhichNothingCouldBeComparedNeverPasses) {
  std::string text = document("");
  const std::string none = R"("not_compared":[])";
  text.replace(text.find(none), none.size(), R"("not_compared":[{"key":"p:x","reason":"B: signal 11"}])");
  GateOptions options = options_today();
  options.pass_inconclusive = true;
  EXPECT_THAT([&] { gate_duel(text, "duel.json", options); },
              testing::ThrowsMessage<BadInput>(HasSubstr("p:x: B: signal 11")));
}

TEST(GateDuel, AcceptsByTheSameRulesAndSaysThatLayoutWasNotTested) {
  GateOptions options = options_today();
  options.rules.accepted = {{"p:slower", "abc", "2026-12-31", "safer", std::nullopt, 3}};
  const Gate found = gated(case_text("p:slower", 1.05, 1.04, 1.06, 0.001), options);
  EXPECT_EQ(found.exit_status(), Exit::kOk);
  EXPECT_EQ(found.count(GateWord::kAccepted), 1);
  EXPECT_THAT(found.against[0].comparison.warnings, testing::Contains(HasSubstr("layout not tested")));
}

TEST(GateDuel, KeepsWhatAPageShowsOfTheDuel) {
  const Gate found =
      gated(case_text("p:same", 1.0, 0.999, 1.001, 1.0) + "," + case_text("p:few", 1.05, 1.04, 1.06, 0.001, 0.01, 8));
  ASSERT_TRUE(found.duel);
  EXPECT_EQ(found.duel->duel.at("a").at("name").as_string(), "old");
  EXPECT_TRUE(found.against[0].cases[0].gates);
  EXPECT_FALSE(found.against[0].cases[1].gates);
  // What is new in B is no case that could have got worse.
  ASSERT_EQ(found.against[0].comparison.not_comparable.size(), 1U);
  EXPECT_EQ(found.against[0].comparison.not_comparable[0].key, "p:fresh");
  EXPECT_EQ(found.against[0].cases.size(), 2U);
}

TEST(GateDuel, TheNullControlStandsBesideItsCase) {
  std::string with_control = case_text("p:x", 1.0, 0.999, 1.001, 1.0);
  with_control.replace(with_control.size() - 1, 1, R"(,"control":{"ratio":1.001,"interval":[0.998,1.004]}})");
  const Gate found = gated(with_control);
  ASSERT_TRUE(found.against[0].cases[0].control);
  EXPECT_EQ(found.against[0].cases[0].control->high, 1.004);
  EXPECT_FALSE(gated(case_text("p:x", 1.0, 0.999, 1.001, 1.0)).against[0].cases[0].control);
}

TEST(GateDuel, OnlyKeepsTheCasesThatBeginSo) {
  GateOptions options = options_today();
  options.only = {"p:same"};
  const std::string both =
      case_text("p:same", 1.0, 0.999, 1.001, 1.0) + "," + case_text("p:slower", 1.05, 1.04, 1.06, 0.001);
  EXPECT_EQ(gated(both, options).exit_status(), Exit::kOk);
  options.only = {"q:"};
  EXPECT_THROW(gated(both, options), BadInput);
}

}  // namespace
}  // namespace unitcost
