#include "harness/duel/lots.hpp"

#include <array>
#include <utility>

#include <fmt/format.h>

#include "harness/base/mix.hpp"
#include "harness/stats/random.hpp"

namespace unitcost {
namespace {

/// Fisher and Yates.
template <class Items>
void shuffle(Items& items, std::uint64_t seed) {
  Random random(seed);
  for (std::size_t left = items.size(); left > 1; --left) std::swap(items[left - 1], items[random.below(left)]);
}

}  // namespace

std::vector<PairTurn> order_of_pairs(const DuelPlan& plan, int round) {
  std::vector<PairTurn> order;
  for (std::size_t index = 0; index < plan.cases.size(); ++index) {
    if (!plan.cases[index].planned.dropped.empty()) continue;
    if (!plan.pilot) order.push_back({index, PairKind::kDuel});
    order.push_back({index, PairKind::kControl});
  }
  shuffle(order, mix64(plan.seed + mix64(static_cast<std::uint64_t>(round))));
  return order;
}

Roles roles_of(std::uint64_t seed, const std::string& case_key, PairKind kind, int round) {
  const int block = (round - 1) / 4;
  std::array<Roles, 4> combinations{{{kA, kA}, {kA, kB}, {kB, kA}, {kB, kB}}};
  shuffle(combinations, hash64(seed, fmt::format("roles\n{}\n{}\n{}", case_key, kind_text(kind), block)));
  return combinations[static_cast<std::size_t>((round - 1) % 4)];
}

std::array<int, 2> layouts_of(std::uint64_t seed, const std::string& case_key, PairKind kind, int round, int layouts) {
  if (layouts <= 0) return {0, 0};
  Random random(hash64(seed, fmt::format("layouts\n{}\n{}\n{}", case_key, kind_text(kind), round)));
  const auto count = static_cast<std::uint64_t>(layouts);
  const auto a = static_cast<int>(random.below(count));
  if (kind == PairKind::kDuel || layouts == 1) return {a + 1, static_cast<int>(random.below(count)) + 1};
  const auto step = static_cast<int>(random.below(count - 1)) + 1;  // to one of the others
  return {a + 1, (a + step) % layouts + 1};
}

std::uint64_t pair_seed(std::uint64_t seed, const Pair& pair) {
  const std::uint64_t hash =
      hash64(seed, fmt::format("pair\n{}\n{}\n{}\n{}", pair.case_key, kind_text(pair.kind), pair.round, pair.attempt));
  return hash == 0 ? 1 : hash;
}

}  // namespace unitcost
