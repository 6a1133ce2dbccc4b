#include "harness/duel/duel_method.hpp"

#include <cmath>

#include <fmt/format.h>

#include "harness/duel/judge_duel.hpp"
#include "harness/stats/order_statistics.hpp"
#include "harness/stats/power.hpp"

namespace unitcost {
namespace {

constexpr const char* kPair =
    "The unit of evidence is the pair: one fresh process of either side, alive at the same time on the same CPUs, "
    "taking "
    "turns in short slices; its value is the median of the logarithms of B over A in neighbouring slices.";

std::string percent_of(double share) { return fmt::format("{:.3g} %", 100.0 * share); }

/// "20 pairs a case"; "3 to 5 of 20 planned pairs a case".
std::string pairs_text(const DuelPlan& plan, const PairsMeasured& measured) {
  if (measured.least == plan.pairs && measured.most == plan.pairs)
    return fmt::format("{} pair{} a case", plan.pairs, plan.pairs == 1 ? "" : "s");
  const std::string least = measured.least < measured.most ? fmt::format("{} to ", measured.least) : "";
  return fmt::format("{}{} of {} planned pairs a case", least, measured.most, plan.pairs);
}

/// What is said of cases with too few pairs; nothing where all have enough.
std::string caveat(const PairsMeasured& measured) {
  return measured.least < kLeastBlocks ? fmt::format(" from {} pairs on", kLeastBlocks) : "";
}

std::string pilot_method(const DuelPlan& plan, const PairsMeasured& measured) {
  return fmt::format(
      "{} Here both sides are one program, {}. The spread is the robust standard deviation of the pairs' logarithms "
      "(median distance from the median){}. Pairs needed come from simulating the rule of a duel with normal pairs of "
      "this spread: they find the change in {} of such duels, at the level that Holm's adjustment leaves to one of so "
      "many cases.",
      kPair, pairs_text(plan, measured), caveat(measured), percent_of(kWantedPower));
}

}  // namespace

std::string method_text(const DuelPlan& plan, const PairsMeasured& measured) {
  if (plan.pilot) return pilot_method(plan, measured);
  const std::string least = percent_of(std::expm1(kLeastMargin));
  const std::string level = percent_of(kFamilyLevel);
  return fmt::format(
      "{} {}, and as many of the null control: A against a copy of A. Change: the median of the pairs, with an "
      "order-statistic interval of at least 95 %{}. Test: Wilcoxon's signed-rank test with its exact distribution. "
      "Margin: {}, or the larger end of the null control's interval. A regression or improvement has its whole "
      "interval beyond the margin and a p of at most {} after Holm's adjustment over all cases; no relevant change has "
      "it inside. Stars: Benjamini and Hochberg at {}. A gate asks for {} pairs and a quiet null control.",
      kPair, pairs_text(plan, measured), caveat(measured), least, level, level, kLeastGatedPairs);
}

std::string foot_text(const DuelPlan& plan, const PairsMeasured& measured, const std::string& machine_line) {
  const char* const what = plan.pilot ? "spread of the cost's ratio, A over its own copy, lower is better"
                                      : "change of cost, B over A, lower is better";
  std::string how = fmt::format("too few for {}: {} are needed", plan.pilot ? "a spread" : "an interval", kLeastBlocks);
  if (measured.most >= kLeastBlocks) {
    how = (plan.pilot ? "robust standard deviation of the pairs' logarithms"
                      : "median of pairs, order-statistic interval of at least 95 %") +
          caveat(measured);
  }
  return fmt::format("{} · {} · {} · {}", what, pairs_text(plan, measured), how, machine_line);
}

}  // namespace unitcost
