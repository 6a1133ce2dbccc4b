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

/// The document with the largest margin within which the duel calls anything unchanged.
std::string with_most_margin(std::string text) {
  const std::string rule = R"("least_pairs":16)";
  return text.replace(text.find(rule), rule.size(), rule + R"(,"most_margin":0.1)");
}

TEST(GateDuel, WithinAMarginThatNoiseMadeTooWideNothingPassesUnlessARuleAllowsIt) {
  GateOptions options = options_today();
  const std::string noisy = case_text("p:x", 1.02, 0.95, 1.1, 1.0, 0.15);
  const auto exit_of = [&](const std::string& text) { return gate_duel(text, "duel.json", options).exit_status(); };
  const Gate found = gate_duel(with_most_margin(document(noisy)), "duel.json", options);
  EXPECT_EQ(found.exit_status(), Exit::kInconclusive);
  EXPECT_THAT(found.against[0].cases[0].reason, HasSubstr("differ by up to 15.0 %"));
  EXPECT_EQ(found.against[0].comparison.rows[0].change, Change::kInconclusive);
  EXPECT_EQ(exit_of(document(noisy)), Exit::kOk) << "older documents name no such limit";
  EXPECT_EQ(exit_of(with_most_margin(document(case_text("p:x", 1.4, 1.3, 1.5, 0.001, 0.15)))), Exit::kGateFailed);
  EXPECT_EQ(exit_of(with_most_margin(document(case_text("p:x", 0.7, 0.6, 0.8, 0.001, 0.15)))), Exit::kOk) << "faster";
  options.rules.margins.of_cases = {{"p:x", 0.12}};
  EXPECT_EQ(exit_of(with_most_margin(document(noisy))), Exit::kInconclusive) << "that rule is narrower than the noise";
  options.rules.margins.of_cases = {{"p:x", 0.2}};
  EXPECT_EQ(exit_of(with_most_margin(document(noisy))), Exit::kOk);
}

TEST(GateDuel, WhatAPassCouldHaveMissedIsNeverLessThanItsMargin) {
  const Gate found = gated(case_text("p:x", 1.03, 1.02, 1.04, 0.001, 0.05));
  EXPECT_EQ(found.exit_status(), Exit::kOk);
  EXPECT_DOUBLE_EQ(found.against[0].cases[0].smallest_visible_ratio, 1.05);
  EXPECT_THAT(found.verdict(), HasSubstr("less than +5.00 %"));
  std::string unknown = case_text("p:x", 1.0, 0.999, 1.001, 1.0);
  const std::string visible = R"("visible":0.02)";
  unknown.replace(unknown.find(visible), visible.size(), R"("visible":null)");
  EXPECT_THAT(gated(unknown).verdict(), HasSubstr("any change could have been missed"));
}

std::string with_failed(std::string row, int pairs) {
  return row.replace(row.size() - 1, 1, fmt::format(R"(,"failed":{}}})", pairs));
}

TEST(GateDuel, ACaseThatFailedInAPairOfBIsNotPassedAndNoRuleAcceptsIt) {
  GateOptions options = options_today();
  const std::string same = case_text("p:same", 1.0, 0.999, 1.001, 1.0);
  EXPECT_EQ(gated(with_failed(same, 0), options).exit_status(), Exit::kOk);
  const Gate found = gated(with_failed(same, 1), options);
  EXPECT_EQ(found.exit_status(), Exit::kInconclusive);
  EXPECT_THAT(found.against[0].cases[0].reason, HasSubstr("it failed in 1 pair of B"));
  const std::string slower = with_failed(case_text("p:slower", 1.05, 1.04, 1.06, 0.001), 1);
  EXPECT_EQ(gated(slower, options).exit_status(), Exit::kGateFailed);
  options.rules.accepted = {{"p:slower", "abc", "2026-12-31", "safer", std::nullopt, 3}};
  const Gate ruled = gated(slower, options);
  EXPECT_EQ(ruled.exit_status(), Exit::kInconclusive);
  EXPECT_THAT(ruled.against[0].cases[0].reason, HasSubstr("the rule of line 3 accepts what it costs"));
}

TEST(GateDuel, ACaseThatBGaveUpIsNoCaseThatIsGone) {
  GateOptions options = options_today();
  options.rules.accepted = {{"p:x", "abc", "2026-12-31", "safer", std::nullopt, 3}};
  const auto exit_with = [&](const std::string& reason) {
    std::string text = document(case_text("p:same", 1.0, 0.999, 1.001, 1.0));
    const std::string none = R"("not_compared":[])";
    text.replace(text.find(none), none.size(),
                 fmt::format(R"("not_compared":[{{"key":"p:x","reason":"{}"}}])", reason));
    return gate_duel(text, "duel.json", options).exit_status();
  };
  EXPECT_EQ(exit_with("failed: B: signal 11"), Exit::kInconclusive);
  EXPECT_EQ(exit_with("B: failed: signal 11"), Exit::kInconclusive);
  EXPECT_EQ(exit_with("B: huge pages are not there"), Exit::kOk);
}

TEST(GateDuel, WhatTheMachineCannotRunIsMissedInNeitherSide) {
  const auto exit_with = [&](const std::string& reason, bool in_a) {
    std::string text = document(case_text("p:same", 1.0, 0.999, 1.001, 1.0));
    const std::string none = R"("not_compared":[])";
    text.replace(text.find(none), none.size(),
                 fmt::format(R"("not_compared":[{{"key":"p:x","reason":"{}","in_a":{}}}])", reason, in_a));
    return gate_duel(text, "duel.json", options_today()).exit_status();
  };
  EXPECT_EQ(exit_with("CPUs of two cores are needed", false), Exit::kOk);
  EXPECT_EQ(exit_with("B: huge pages are not there", true), Exit::kInconclusive);
  EXPECT_EQ(exit_with("B: failed: signal 11", false), Exit::kInconclusive) << "it fails now";
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
  std::string emulated = document(slower);
  const std::string warnings = R"("warnings":[])";
  emulated.replace(emulated.find(warnings), warnings.size(),
                   warnings + R"(,"machine":{"emulated":{"kind":"identity","value":true,"reason":""}})");
  EXPECT_EQ(exit_of(emulated), Exit::kInconclusive);
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
