#include "harness/compare/gate.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "harness/analyse/analyse.hpp"
#include "harness/stats/random.hpp"
#include "tests/harness/compare/sides.hpp"

namespace unitcost {
namespace {

using testing::HasSubstr;
using testing_support::around;
using testing_support::make_side;
using testing_support::options_today;
using testing_support::set_fact;

Accepted accepted(const std::string& pattern, const std::string& until) {
  return {pattern, "bbbb", until, "the check is worth it", std::nullopt, 7};
}

const GatedCase& only_case(const Gate& found) { return found.against.front().cases.front(); }

TEST(Gate, PassesEqualSidesAndSaysWhatItCouldHaveMissed) {
  const Gate found = gate({make_side("baseline", {{"p:x", around(100)}})}, make_side("new", {{"p:x", around(100.1)}}),
                          options_today());
  EXPECT_EQ(found.exit_status(), Exit::kOk);
  EXPECT_THAT(found.verdict(), HasSubstr("PASSED"));
  EXPECT_THAT(found.verdict(), HasSubstr("could have been missed"));
  EXPECT_GT(only_case(found).smallest_visible_ratio, 1.01);
}

TEST(Gate, FailsOnARegressionAndNotOnAnImprovement) {
  const Side baseline = make_side("baseline", {{"p:x", around(100)}});
  EXPECT_EQ(gate({baseline}, make_side("new", {{"p:x", around(104)}}), options_today()).exit_status(),
            Exit::kGateFailed);
  EXPECT_EQ(gate({baseline}, make_side("new", {{"p:x", around(80)}}), options_today()).exit_status(), Exit::kOk);
  const Side rate = make_side("baseline", {{"p:x", around(100)}}, "bytes_per_second");
  EXPECT_EQ(gate({rate}, make_side("new", {{"p:x", around(80)}}, "bytes_per_second"), options_today()).exit_status(),
            Exit::kGateFailed);
}

TEST(Gate, NeverJudgesFewerThanThreeSessionsASide) {
  const Gate found = gate({make_side("baseline", {{"p:x", around(100, 2)}})},
                          make_side("new", {{"p:x", around(200, 5)}}), options_today());
  EXPECT_EQ(found.exit_status(), Exit::kInconclusive);
  EXPECT_THAT(only_case(found).reason, HasSubstr("needs 3 a side"));
  GateOptions lenient = options_today();
  lenient.pass_inconclusive = true;
  const Gate passed =
      gate({make_side("baseline", {{"p:x", around(100, 2)}})}, make_side("new", {{"p:x", around(200, 5)}}), lenient);
  EXPECT_EQ(passed.exit_status(), Exit::kOk);
  EXPECT_THAT(passed.verdict(), HasSubstr("in some cases any change could have been missed"));
}

TEST(Gate, NoiseIsInconclusiveNeitherPassedNorFailed) {
  const Gate found = gate({make_side("baseline", {{"p:x", {90, 100, 110, 95}}})},
                          make_side("new", {{"p:x", {99, 120, 90, 105}}}), options_today());
  EXPECT_EQ(only_case(found).word, GateWord::kInconclusive);
  EXPECT_EQ(found.exit_status(), Exit::kInconclusive);
}

TEST(Gate, AResultThatIsNotWorseByTheMarginIsOkEvenWhenItIsNotEquivalent) {
  const Gate found = gate({make_side("baseline", {{"p:x", around(100)}})},
                          make_side("new", {{"p:x", {92, 97, 94, 99}}}), options_today());
  EXPECT_EQ(only_case(found).row->change, Change::kInconclusive);
  EXPECT_EQ(only_case(found).word, GateWord::kOk);
}

TEST(Gate, WhatOneTestWouldCallARegressionIsNotOneAmongManyTests) {
  std::map<std::string, std::vector<double>> of_a{{"p:suspect", {100, 101, 99, 100.5}}};
  std::map<std::string, std::vector<double>> of_b{{"p:suspect", {104, 105, 103, 104.5}}};
  const Gate alone = gate({make_side("baseline", of_a)}, make_side("new", of_b), options_today());
  EXPECT_EQ(only_case(alone).word, GateWord::kRegression);
  for (int i = 0; i < 400; ++i) {
    of_a["p:quiet" + std::to_string(i)] = around(50);
    of_b["p:quiet" + std::to_string(i)] = around(50);
  }
  const Gate among_many = gate({make_side("baseline", of_a)}, make_side("new", of_b), options_today());
  EXPECT_EQ(among_many.exit_status(), Exit::kInconclusive);
  EXPECT_EQ(among_many.count(GateWord::kInconclusive), 1);
}

TEST(Gate, EqualSidesOfManyCasesAlarmInFewerThanOneTrialInTwenty) {
  Random random(3);
  int alarms = 0;
  for (int trial = 0; trial < 200; ++trial) {
    std::map<std::string, std::vector<double>> of_a;
    std::map<std::string, std::vector<double>> of_b;
    for (int i = 0; i < 40; ++i) {
      for (int session = 0; session < 4; ++session) {
        of_a["p:" + std::to_string(i)].push_back(std::exp(0.01 * random.normal()));
        of_b["p:" + std::to_string(i)].push_back(std::exp(0.01 * random.normal()));
      }
    }
    if (gate({make_side("baseline", of_a)}, make_side("new", of_b), options_today()).exit_status() == Exit::kGateFailed)
      ++alarms;
  }
  EXPECT_LE(alarms, 4);
}

TEST(Gate, ASecondBaselineSeesACreepThatTheFirstDoesNot) {
  const Side release = make_side("release", {{"p:x", around(100)}});
  const Side last = make_side("baseline", {{"p:x", around(102.5)}});
  const Side fresh = make_side("new", {{"p:x", around(103)}});
  EXPECT_EQ(gate({last}, fresh, options_today()).exit_status(), Exit::kOk);
  const Gate both = gate({last, release}, fresh, options_today());
  EXPECT_EQ(both.exit_status(), Exit::kGateFailed);
  EXPECT_EQ(both.against.size(), 2U);
}

TEST(Gate, ACaseThatIsGoneIsInconclusiveAndANewOneIsNothing) {
  const Side baseline = make_side("baseline", {{"p:x", around(100)}, {"p:gone", around(100)}});
  const Side fresh = make_side("new", {{"p:x", around(100)}, {"p:fresh", around(100)}});
  const Gate found = gate({baseline}, fresh, options_today());
  EXPECT_EQ(found.count(GateWord::kInconclusive), 1);
  EXPECT_EQ(found.exit_status(), Exit::kInconclusive);
  GateOptions options = options_today();
  options.rules.accepted = {accepted("p:gone", "2026-12-31")};
  EXPECT_EQ(gate({baseline}, fresh, options).exit_status(), Exit::kOk);
}

TEST(Gate, ACounterThatOnlyTheBaselineHasIsNotPassedOver) {
  Side baseline = make_side("baseline", {{"p:x", around(100)}});
  Side fresh = make_side("new", {{"p:x", around(100)}});
  for (Session& session : baseline.sessions) session.cases["p:x"].values.push_back({"syscalls", 7.0, 10, 0.0});
  for (Session& session : baseline.sessions) session.counters = {"access_ns", "syscalls"};
  for (Session& session : fresh.sessions) session.counters = {"access_ns"};
  const Gate found = gate({baseline}, fresh, options_today());
  EXPECT_EQ(found.exit_status(), Exit::kInconclusive);
  EXPECT_EQ(found.against[0].cases.back().reason, "new: has no counter syscalls");
  EXPECT_EQ(gate({fresh}, baseline, options_today()).exit_status(), Exit::kOk) << "a new counter is no loss";
}

TEST(Gate, ACaseThatFailsNowAndDidNotBeforeIsNotPassed) {
  Side baseline = make_side("baseline", {{"p:x", around(100)}});
  Side fresh = make_side("new", {{"p:x", around(100)}});
  fresh.sessions[2].cases["p:x"].failure = "signal 11";
  const Gate found = gate({baseline}, fresh, options_today());
  EXPECT_EQ(found.exit_status(), Exit::kInconclusive);
  EXPECT_THAT(only_case(found).reason, HasSubstr("it fails now, and did not before"));
  EXPECT_THAT(only_case(found).reason, HasSubstr("signal 11"));
  baseline.sessions[0].cases["p:x"].failure = "signal 11";
  EXPECT_EQ(gate({baseline}, fresh, options_today()).exit_status(), Exit::kOk) << "it always did";
}

TEST(Gate, ACaseThatNeverRanAndFailsNowIsNotPassedOver) {
  Side baseline = make_side("baseline", {{"p:x", around(100)}, {"p:y", around(100)}});
  Side fresh = make_side("new", {{"p:x", around(100)}, {"p:y", around(100)}});
  for (Session& session : baseline.sessions) session.cases["p:y"] = {{}, "not measurable: no node", ""};
  EXPECT_EQ(gate({baseline}, fresh, options_today()).exit_status(), Exit::kOk) << "measured for the first time";
  fresh.sessions[0].cases["p:y"].failure = "signal 11";
  const Gate once = gate({baseline}, fresh, options_today());
  EXPECT_EQ(once.exit_status(), Exit::kInconclusive);
  EXPECT_EQ(once.against[0].cases.back().reason, "baseline: not measurable: no node; new: failed: signal 11");
  for (Session& session : fresh.sessions) session.cases["p:y"] = {{}, "failed: signal 11", "signal 11"};
  EXPECT_EQ(gate({baseline}, fresh, options_today()).exit_status(), Exit::kInconclusive);
  for (Session& session : baseline.sessions) session.cases["p:y"] = {{}, "failed: signal 11", "signal 11"};
  EXPECT_EQ(gate({baseline}, fresh, options_today()).exit_status(), Exit::kOk) << "it always did";
}

TEST(Gate, AnAcceptedChangePassesUntilItsDayAndSaysSo) {
  const Side baseline = make_side("baseline", {{"p:x", around(100)}});
  const Side fresh = make_side("new", {{"p:x", around(110)}});
  GateOptions options = options_today();
  options.rules.accepted = {accepted("p:*", "2026-06-15")};
  const Gate passed = gate({baseline}, fresh, options);
  EXPECT_EQ(passed.exit_status(), Exit::kOk);
  EXPECT_THAT(only_case(passed).reason, HasSubstr("accepted with commit bbbb until 2026-06-15: the check is worth it"));
  options.today = "2026-06-16";
  const Gate late = gate({baseline}, fresh, options);
  EXPECT_EQ(late.exit_status(), Exit::kGateFailed);
  EXPECT_THAT(late.notes, testing::ElementsAre(HasSubstr("ran out on 2026-06-15")));
}

TEST(Gate, AcceptanceEndsWhereTheChangeGrows) {
  GateOptions options = options_today();
  options.rules.accepted = {accepted("p:x", "2026-12-31")};
  options.rules.accepted.front().at_most_ratio = 1.15;
  const Side baseline = make_side("baseline", {{"p:x", around(100)}});
  EXPECT_EQ(gate({baseline}, make_side("new", {{"p:x", around(110)}}), options).exit_status(), Exit::kOk);
  const Gate grown = gate({baseline}, make_side("new", {{"p:x", around(120)}}), options);
  EXPECT_EQ(grown.exit_status(), Exit::kGateFailed);
  EXPECT_THAT(only_case(grown).reason, HasSubstr("beyond the +15.0 % that the rule of line 7 accepts"));
  EXPECT_THAT(grown.notes, testing::IsEmpty()) << "it is needed, and too small";
}

TEST(Gate, ACountThatFallsToZeroPassesAndOneThatRisesFromItDoesNot) {
  const auto calls = [](const std::string& name, const std::vector<double>& of_x) {
    return make_side(name, {{"p:x", of_x}, {"p:y", {3, 3, 3}}}, "syscalls");
  };
  const Gate none_now = gate({make_side("baseline", {{"p:x", {7, 7, 7}}}, "syscalls")},
                             make_side("new", {{"p:x", {0, 0, 0}}}, "syscalls"), options_today());
  EXPECT_EQ(none_now.exit_status(), Exit::kOk);
  EXPECT_THAT(none_now.verdict(), HasSubstr("none to the worse could have been missed"));
  EXPECT_EQ(only_case(none_now).reason, "syscalls: from 7 to 0 in every session");
  EXPECT_EQ(gate({calls("baseline", {7, 9, 7})}, calls("new", {0, 0, 0}), options_today()).exit_status(), Exit::kOk);
  EXPECT_EQ(gate({calls("baseline", {0, 0, 0})}, calls("new", {7, 7, 7}), options_today()).exit_status(),
            Exit::kGateFailed);
  EXPECT_EQ(gate({calls("baseline", {0, 0, 0})}, calls("new", {7, 9, 7}), options_today()).exit_status(),
            Exit::kInconclusive)
      << "a number that moves is measured, not counted";
  EXPECT_EQ(gate({calls("baseline", {7, 7})}, calls("new", {0, 0}), options_today()).exit_status(), Exit::kInconclusive)
      << "too few sessions";
}

TEST(Gate, NoLimitOfARuleIsWideEnoughForAChangeFromZero) {
  const Side none = make_side("baseline", {{"p:x", {0, 0, 0}}}, "syscalls");
  const Side many = make_side("new", {{"p:x", {7, 7, 7}}}, "syscalls");
  GateOptions options = options_today();
  options.rules.accepted = {accepted("p:x", "2026-12-31")};
  EXPECT_EQ(gate({none}, many, options).exit_status(), Exit::kOk) << "a rule without a limit accepts it";
  options.rules.accepted.front().at_most_ratio = 1.2;
  EXPECT_EQ(gate({none}, many, options).exit_status(), Exit::kGateFailed);
}

TEST(Gate, ARuleThatAcceptsNothingIsNamed) {
  GateOptions options = options_today();
  options.rules.accepted = {accepted("p:x", "2026-12-31")};
  const Gate found =
      gate({make_side("baseline", {{"p:x", around(100)}})}, make_side("new", {{"p:x", around(100)}}), options);
  EXPECT_THAT(found.notes, testing::ElementsAre(HasSubstr("can go")));
  options.rules.accepted.front().pattern = "q:*";
  const Gate others =
      gate({make_side("baseline", {{"p:x", around(100)}})}, make_side("new", {{"p:x", around(100)}}), options);
  EXPECT_THAT(others.notes, testing::ElementsAre(HasSubstr("fits no case that was judged")));
}

TEST(Gate, ACrashIsNoSlowDownThatARuleAccepts) {
  GateOptions options = options_today();
  options.rules.accepted = {accepted("p:x", "2026-12-31")};
  const Side baseline = make_side("baseline", {{"p:x", around(100)}, {"p:y", around(100)}});
  Side fresh = make_side("new", {{"p:x", around(110)}, {"p:y", around(100)}});
  EXPECT_EQ(gate({baseline}, fresh, options).exit_status(), Exit::kOk) << "slower alone is accepted";
  fresh.sessions[1].cases["p:x"].failure = "signal 11";
  const Gate once = gate({baseline}, fresh, options);
  EXPECT_EQ(once.exit_status(), Exit::kInconclusive);
  EXPECT_EQ(only_case(once).word, GateWord::kInconclusive);
  EXPECT_EQ(only_case(once).reason.find("accepted"), std::string::npos);
  fresh.sessions[1].cases["p:x"] = {{}, "failed: signal 11", "signal 11"};
  fresh.sessions[2].cases["p:x"] = {{}, "failed: signal 11", "signal 11"};
  EXPECT_EQ(gate({baseline}, fresh, options).exit_status(), Exit::kInconclusive) << "too few sessions are left";
  for (Session& session : fresh.sessions) session.cases["p:x"] = {{}, "failed: signal 11", "signal 11"};
  const Gate always = gate({baseline}, fresh, options);
  EXPECT_EQ(always.exit_status(), Exit::kInconclusive);
  EXPECT_EQ(always.count(GateWord::kAccepted), 0);
}

TEST(Gate, RefusesAnotherSetUpUnlessItIsDeclared) {
  Side baseline = make_side("baseline", {{"p:x", around(100)}});
  Side fresh = make_side("new", {{"p:x", around(100)}});
  set_fact(baseline, "kernel", Fact::Kind::kSetUp, "6.1");
  set_fact(fresh, "kernel", Fact::Kind::kSetUp, "6.2");
  try {
    gate({baseline}, fresh, options_today());
    FAIL() << "must be refused";
  } catch (const BadInput& error) {
    EXPECT_THAT(error.what(), HasSubstr("kernel (set-up): 6.1 in baseline, 6.2 in new; --vary kernel"));
  }
  GateOptions options = options_today();
  options.vary = {"kernel"};
  EXPECT_EQ(gate({baseline}, fresh, options).exit_status(), Exit::kOk);
}

TEST(Gate, RefusesFilesOfOthersEmulatedMachinesAndTheSameRunTwice) {
  const Side baseline = make_side("baseline", {{"p:x", around(100)}});
  Side foreign = make_side("new", {{"p:x", around(100)}});
  foreign.sessions[2].source = Session::Source::kGoogleBenchmark;
  EXPECT_THROW(gate({baseline}, foreign, options_today()), BadInput);
  Side emulated = make_side("new", {{"p:x", around(100)}});
  emulated.sessions[0].emulated = true;
  try {
    gate({baseline}, emulated, options_today());
    FAIL() << "must be refused";
  } catch (const Error& error) {
    EXPECT_EQ(error.exit_status(), Exit::kInconclusive);
  }
  EXPECT_THROW(gate({baseline}, baseline, options_today()), BadInput);
}

TEST(Gate, JsonSaysStatusAndRow) {
  const Gate found =
      gate({make_side("baseline", {{"p:x", around(100)}})}, make_side("new", {{"p:x", around(110)}}), options_today());
  const boost::json::object document = gate_json(found);
  EXPECT_EQ(document.at("gate").as_string(), "fail");
  EXPECT_EQ(document.at("exit_status").as_int64(), 3);
  const auto& row = document.at("against").as_array().at(0).as_object().at("rows").as_array().at(0).as_object();
  EXPECT_EQ(row.at("gate").as_string(), "regression");
  EXPECT_EQ(row.at("outcome").as_string(), "regression");
  EXPECT_LT(row.at("holm_p").to_number<double>(), 0.05);
}

}  // namespace
}  // namespace unitcost
