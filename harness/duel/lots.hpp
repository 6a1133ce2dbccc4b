#pragma once
// Everything about a pair that is drawn by lot: a pure function of the duel's seed and the pair, so a resumed duel draws what the unbroken one would have drawn.
#include <array>
#include <cstdint>
#include <vector>

#include "harness/duel/duel_record.hpp"

namespace unitcost {

struct PairTurn {
  std::size_t case_index = 0;
  PairKind kind = PairKind::kDuel;
};

/// The pairs of a round (1 …): every case that is not dropped in every kind, shuffled anew.
std::vector<PairTurn> order_of_pairs(const DuelPlan& plan, int round);

struct Roles {
  std::size_t starts_first = kA;
  std::size_t moves_first = kA;
};

/// Which side starts first gets other physical pages, and which moves first another place in time. Of every four rounds of a case each of the four
/// combinations gets one, in an order drawn anew, so that neither role is given to a side more often by chance.
Roles roles_of(std::uint64_t seed, const std::string& case_key, PairKind kind, int round);

/// Which of `layouts` link orders (from 1) either side of a pair gets; of a control two different ones of A. Drawn anew and independently for every
/// pair, so that of a program against itself no order is favoured and the test stays exact. {0, 0} without link orders.
std::array<int, 2> layouts_of(std::uint64_t seed, const std::string& case_key, PairKind kind, int round, int layouts);

/// The seed that both processes of a pair get: what they draw in themselves (orders of memory, offsets) is then the same on both sides.
std::uint64_t pair_seed(std::uint64_t seed, const Pair& pair);

}  // namespace unitcost
