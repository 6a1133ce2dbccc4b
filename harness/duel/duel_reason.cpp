#include "harness/duel/duel_reason.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "harness/analyse/wording.hpp"
#include "harness/plan/budget.hpp"
#include "harness/stats/order_statistics.hpp"

namespace unitcost {
namespace {

/// Of a cost: what B takes more or less than A.
std::string direction_text(const PairedEvidence& duel) {
  const double more = duel.ratio.value - 1.0;
  const double ends[2] = {std::abs(duel.ratio.low - 1.0), std::abs(duel.ratio.high - 1.0)};
  return fmt::format("B is {} by {} (between {} and {})", more > 0 ? "slower" : "faster", share_text(std::abs(more)),
                     share_text(std::min(ends[0], ends[1])), share_text(std::max(ends[0], ends[1])));
}

std::string open_text(const JudgedCase& judged) {
  if (judged.margin > kMostMargin)
    return fmt::format("a program and its own copy differ by up to {} here: too noisy to tell",
                       share_text(std::expm1(judged.margin)));
  std::string text = fmt::format("between {:+.2f} and {:+.2f} %", 100.0 * (judged.duel.ratio.low - 1.0),
                                 100.0 * (judged.duel.ratio.high - 1.0));
  if (std::isfinite(judged.visible))
    text += fmt::format("; {} would have been seen in nine of ten duels", share_text(std::expm1(judged.visible)));
  else text += "; so few pairs cannot show any effect among so many cases";
  if (!judged.more_pairs) return text + "; more than a thousand pairs would be needed";
  return text + fmt::format("; about {} pairs more ({}) would decide", *judged.more_pairs,
                            duration_text(2.0 * *judged.more_pairs * judged.duel_case->planned.expected_s));
}

}  // namespace

const char* outcome_text(DuelOutcome outcome) {
  switch (outcome) {
    case DuelOutcome::kRegression:
      return "regression";
    case DuelOutcome::kImprovement:
      return "improvement";
    case DuelOutcome::kEquivalent:
      return "equivalent";
    case DuelOutcome::kInconclusive:
      return "inconclusive";
  }
  return "inconclusive";
}

std::string share_text(double ratio_minus_one) {
  if (ratio_minus_one >= 1.0) return three_digits(1.0 + ratio_minus_one) + " × as much";
  return fmt::format("{:.2f} %", 100.0 * ratio_minus_one);
}

std::string reason_of(const JudgedCase& judged) {
  if (!judged.duel.has_interval())
    return fmt::format("{} pair{} too few: {} at least", judged.duel.ratio.n,
                       judged.duel.ratio.n == 1 ? " is" : "s are", kLeastBlocks);
  switch (judged.outcome) {
    case DuelOutcome::kRegression:
    case DuelOutcome::kImprovement:
      return direction_text(judged.duel);
    case DuelOutcome::kEquivalent:
      return fmt::format("no change beyond {}", share_text(std::expm1(judged.margin)));
    case DuelOutcome::kInconclusive:
      return open_text(judged);
  }
  return "";
}

}  // namespace unitcost
