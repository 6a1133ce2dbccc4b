// What a duel's document says of how much was measured.
#include "harness/duel/duel_document.hpp"

#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "tests/harness/duel/synthetic_duel.hpp"

namespace unitcost {
namespace {

using testing::HasSubstr;
using testing::Not;

/// A duel of 40 pairs of which so many were measured.
LoadedDuel interrupted_after(int pairs, bool pilot = false) {
  SyntheticDuel made({{"one", -0.045, 0.001, -0.3}, {"two", 0.0, 0.001}}, pairs);
  made.record.plan.pairs = 40;
  made.record.plan.pilot = pilot;
  made.record.status = "interrupted";
  if (pilot) std::erase_if(made.pairs, [](const Pair& pair) { return pair.kind == PairKind::kDuel; });
  return {"", "0123456789ab", made.record, made.pairs};
}

std::string foot_of(const boost::json::value& document) { return document.at("duel").at("foot").as_string().c_str(); }

TEST(DuelDocument, BelowSixPairsThereIsNeitherIntervalNorSpread) {
  for (const int pairs : {1, 5}) {
    const auto document = duel_document(interrupted_after(pairs));
    for (const auto& row : document.at("cases").as_array()) {
      for (const char* const key : {"interval", "coverage", "sd", "pooled_sd", "visible", "more_pairs"})
        EXPECT_TRUE(row.at(key).is_null()) << key << " of " << pairs;
      EXPECT_TRUE(row.at("control").at("interval").is_null());
      EXPECT_TRUE(row.at("control").at("sd").is_null());
      EXPECT_TRUE(row.at("ratio").is_double());
      EXPECT_LT(row.at("margin").to_number<double>(), 0.011);
    }
    EXPECT_THAT(foot_of(document),
                HasSubstr(std::to_string(pairs) + " of 40 planned pairs a case · too few for an interval"));
    EXPECT_THAT(foot_of(document), Not(HasSubstr("95 %")));
    EXPECT_THAT(document.at("method").as_string().c_str(), HasSubstr("of at least 95 % from 6 pairs on"));
    EXPECT_THAT(duel_text(document), Not(HasSubstr("0.00 %  ")));
    EXPECT_THAT(duel_text(document), HasSubstr("%, no interval"));
  }
}

TEST(DuelDocument, FromSixPairsOnThereIsAnIntervalAndStillTheCount) {
  const auto document = duel_document(interrupted_after(6));
  EXPECT_TRUE(document.at("cases").at(0).at("interval").is_array());
  EXPECT_THAT(foot_of(document),
              HasSubstr("6 of 40 planned pairs a case · median of pairs, order-statistic interval of at least 95 %"));
}

TEST(DuelDocument, AWholeDuelHasTheNumberAlone) {
  LoadedDuel whole = interrupted_after(20);
  whole.record.plan.pairs = 20;
  whole.record.status = "complete";
  EXPECT_THAT(foot_of(duel_document(whole)), HasSubstr(" · 20 pairs a case · "));
  std::erase_if(whole.pairs, [](const Pair& pair) { return pair.case_key.ends_with("one") && pair.round > 18; });
  EXPECT_THAT(foot_of(duel_document(whole)), HasSubstr(" · 18 to 20 of 20 planned pairs a case · "));
}

TEST(DuelDocument, APilotOfOnePairKnowsNoNeeds) {
  const auto document = duel_document(interrupted_after(1, true));
  for (const auto& row : document.at("cases").as_array()) {
    EXPECT_TRUE(row.at("sd").is_null());
    for (const auto& need : row.at("needs").as_array()) EXPECT_TRUE(need.at("pairs").is_null());
  }
  EXPECT_THAT(duel_text(document), Not(HasSubstr("over 1000")));
  EXPECT_THAT(foot_of(document), HasSubstr("too few for a spread: 6 are needed"));
}

TEST(DuelDocument, AKilledDuelIsNotSaidToBeRunning) {
  LoadedDuel killed = interrupted_after(7);
  killed.record.status = "running";
  EXPECT_EQ(duel_document(killed).at("not_gateable"), "the duel is not finished: it goes on, or was killed");
}

}  // namespace
}  // namespace unitcost
