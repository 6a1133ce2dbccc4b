#pragma once
// Which duels there are to be. What depends on what others found is planned when they are there, once.
#include <functional>
#include <string>
#include <vector>

#include "harness/honesty/digest_duel.hpp"
#include "harness/honesty/piece.hpp"
#include "harness/honesty/spreads.hpp"

namespace unitcost {

/// Cases with pairs that scatter by at most `most_sd`, and by more than the class before, have to show `effect`.
struct PlantedClass {
  double most_sd;
  double effect;
};
inline constexpr PlantedClass kPlantedClasses[] = {{0.01, 0.025}, {0.02, 0.04}, {0.05, 0.10}};

/// A digest of a piece that is done, nothing of one that is not.
using Done = std::function<const DuelDigest*(const Piece&)>;

/// Adds the pieces that can be planned now and were not yet. True when there are any.
bool plan_pieces(HonestyState& state, const Done& done);

/// Python's programs read the clock themselves, so no delay is planted there (benchmarks/support/planted).
bool can_be_planted(const std::string& case_key);

/// Pairs that the simulation of the rule's power asks for so that each of `cases` shows `effect` in 95 % of duels whose pairs scatter now as in the one and now as in the
/// other of its `sds`: even, 20 to 32.
int pairs_for(const std::vector<const CaseSpread*>& cases, double effect);

}  // namespace unitcost
