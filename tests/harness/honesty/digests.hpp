#pragma once
// Digests of duels whose truth is known.
#include <cmath>
#include <string>
#include <vector>

#include "harness/honesty/digest_duel.hpp"
#include "tests/harness/duel/synthetic_duel.hpp"

namespace unitcost {

/// A pilot: of every case only the pairs with its own copy, without bias.
inline DuelDigest pilot_digest(const Piece& piece, const std::vector<SyntheticCase>& cases, std::uint64_t seed) {
  SyntheticDuel duel(cases, piece.pairs, seed);
  duel.record.plan.pilot = true;
  std::erase_if(duel.pairs, [](const Pair& pair) { return pair.kind == PairKind::kDuel; });
  LoadedDuel loaded;
  loaded.record = duel.record;
  loaded.pairs = duel.pairs;
  return digest_of(piece, loaded);
}

inline DuelDigest duel_digest(const Piece& piece, const std::vector<SyntheticCase>& cases, std::uint64_t seed) {
  const SyntheticDuel duel(cases, piece.pairs, seed);
  LoadedDuel loaded;
  loaded.record = duel.record;
  loaded.pairs = duel.pairs;
  return digest_of(piece, loaded);
}

/// `count` cases, the first with `least_sd`, the last with `most_sd`.
inline std::vector<SyntheticCase> quiet_cases(int count, double least_sd, double most_sd) {
  std::vector<SyntheticCase> cases;
  for (int at = 0; at < count; ++at) {
    const double share = count > 1 ? static_cast<double>(at) / (count - 1) : 0.0;
    cases.push_back({"case:" + std::to_string(at), 0.0, std::lerp(least_sd, most_sd, share)});
  }
  return cases;
}

}  // namespace unitcost
