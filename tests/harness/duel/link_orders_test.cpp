// What duel-analysis.json and the terminal say about link orders.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cmath>

#include <boost/json/object.hpp>

#include "harness/duel/duel_document.hpp"
#include "harness/duel/judge_duel.hpp"
#include "harness/duel/lots.hpp"
#include "harness/stats/random.hpp"
#include "tests/harness/duel/synthetic_duel.hpp"

namespace unitcost {
namespace {

using testing::HasSubstr;

/// A duel in `layouts` link orders, of which the last is slower by 4 % on either side.
LoadedDuel duel_in_orders(int layouts, bool pilot, int rounds) {
  SyntheticDuel made({{"work", 0.0, 0.002}}, rounds);
  made.record.plan.pilot = pilot;
  made.record.plan.layouts = layouts;
  made.record.reference_steps = 1;
  for (int order = 1; order <= layouts; ++order) {
    for (DuelSide& side : made.record.sides) side.layouts.push_back({{"fake/program", std::to_string(order)}});
  }
  for (Pair& pair : made.pairs) {
    pair.layouts = layouts_of(3, pair.case_key, pair.kind, pair.round, layouts);
    for (const std::size_t side : {kA, kB}) {
      if (pair.layouts.at(side) < layouts || layouts == 0) continue;
      for (double& cost : pair.slices.at(side)["operation_ns"]) cost *= 1.04;
    }
  }
  if (pilot) std::erase_if(made.pairs, [](const Pair& pair) { return pair.kind == PairKind::kDuel; });
  return {"", "0123456789ab", made.record, made.pairs};
}

const boost::json::object& first_case(const boost::json::value& document) {
  return document.as_object().at("cases").as_array().at(0).as_object();
}

TEST(LinkOrders, WithoutThemLayoutIsNotTested) {
  const boost::json::value document = duel_document(duel_in_orders(0, false, 20));
  EXPECT_EQ(document.at("duel").at("layout"), "not tested");
  EXPECT_EQ(document.at("duel").at("layouts"), 0);
  EXPECT_TRUE(first_case(document).at("link_orders").is_null());
  EXPECT_THAT(duel_text(document), HasSubstr("layout not tested"));
}

TEST(LinkOrders, TwoSidesThatShareTheirOrdersAreEquivalent) {
  const boost::json::value document = duel_document(duel_in_orders(4, false, 40));
  const boost::json::object& row = first_case(document);
  EXPECT_EQ(document.at("duel").at("layout"), "4 link orders a side");
  EXPECT_EQ(row.at("link_orders").at("a"), 4);
  EXPECT_EQ(row.at("link_orders").at("b"), 4);
  EXPECT_EQ(row.at("outcome").as_string(), "equivalent");
  EXPECT_THAT(duel_text(document), HasSubstr("layout: 4 link orders a side, of which each pair drew one"));
}

TEST(LinkOrders, OfAProgramAgainstItselfTheTestStaysExact) {
  constexpr int kCases = 400;
  constexpr int kLayouts = 5;
  SyntheticDuel made(std::vector<SyntheticCase>(kCases, {"work", 0.0, 0.002}), 20);
  made.record.plan.layouts = kLayouts;
  std::vector<std::vector<double>> costs(kCases, std::vector<double>(kLayouts + 1));
  Random random(11);
  for (std::vector<double>& orders : costs) {
    for (double& cost : orders) cost = std::exp(0.03 * random.normal());
  }
  std::size_t at = 0;
  for (std::size_t index = 0; index < costs.size(); ++index) {
    const std::string key = "fake/program:" + std::to_string(index);
    made.record.plan.cases[index].planned.key = key;
    for (int i = 0; i < 2 * made.record.plan.pairs; ++i, ++at) {
      Pair& pair = made.pairs[at];
      pair.case_key = key;
      pair.layouts = layouts_of(3, key, pair.kind, pair.round, kLayouts);
      for (const std::size_t side : {kA, kB}) {
        for (double& cost : pair.slices.at(side)["operation_ns"])
          cost *= costs[index][static_cast<std::size_t>(pair.layouts.at(side))];
      }
    }
  }
  const JudgedDuel judged = judge_duel(made.record, made.pairs);
  int small = 0;
  for (const JudgedCase& each : judged.cases) {
    small += each.duel.p < 0.05 ? 1 : 0;
    EXPECT_NE(each.outcome, DuelOutcome::kRegression);
    EXPECT_NE(each.outcome, DuelOutcome::kImprovement);
  }
  EXPECT_GE(small, kCases * 2 / 100);
  EXPECT_LE(small, kCases * 8 / 100);
  EXPECT_TRUE(judged.fired.empty());
}

TEST(LinkOrders, APilotShowsHowFarTheyLieApart) {
  const boost::json::value document = duel_document(duel_in_orders(4, true, 40));
  const boost::json::value& orders = first_case(document).at("link_orders");
  EXPECT_TRUE(orders.at("b").is_null());
  EXPECT_EQ(orders.at("slowest"), 4);
  EXPECT_NEAR(orders.at("ratio").as_double(), 1.04, 0.004);
  EXPECT_GT(orders.at("interval").as_array().at(0).as_double(), 1.03);
  EXPECT_NEAR(orders.at("pair_sd").as_double(), 0.002, 0.001);
  EXPECT_NEAR(orders.at("sd").as_double(), 0.02, 0.003);  // one of four that lies 4 % apart
  EXPECT_THAT(duel_text(document), HasSubstr("slowest against fastest"));
}

TEST(LinkOrders, APilotWithTooFewPairsSaysSo) {
  const boost::json::value document = duel_document(duel_in_orders(20, true, 12));
  EXPECT_TRUE(first_case(document).at("link_orders").at("ratio").is_null());
  EXPECT_THAT(duel_text(document), HasSubstr("too few pairs"));
}

}  // namespace
}  // namespace unitcost
