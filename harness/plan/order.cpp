#include "harness/plan/order.hpp"

#include <algorithm>
#include <utility>

#include "harness/base/mix.hpp"
#include "harness/stats/random.hpp"

namespace unitcost {

bool takes_part(const Plan& plan, std::size_t index, int round) {
  const PlannedCase& planned = plan.cases[index];
  if (!planned.dropped.empty()) return false;
  if (round == 0 || planned.rounds >= plan.rounds) return true;
  // Slow cases of one count share their rounds, because ratios are paired by round.
  const auto steps = [&](int until) { return until * planned.rounds / plan.rounds; };
  return steps(round) != steps(round - 1);
}

std::vector<std::size_t> order_of_round(const Plan& plan, int round) {
  std::vector<std::size_t> order;
  for (std::size_t index = 0; index < plan.cases.size(); ++index) {
    if (takes_part(plan, index, round)) order.push_back(index);
  }
  if (round == 0) return order;
  Random random(mix64(plan.seed + mix64(static_cast<std::uint64_t>(round))));
  for (std::size_t left = order.size(); left > 1; --left)
    std::swap(order[left - 1], order[random.below(left)]);  // Fisher and Yates
  return order;
}

}  // namespace unitcost
