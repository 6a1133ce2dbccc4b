#pragma once
// Duels whose truth is known: pairs drawn with a stated effect and spread.
#include <cmath>
#include <string>
#include <vector>

#include "harness/duel/duel_record.hpp"
#include "harness/stats/random.hpp"

namespace unitcost {

struct SyntheticCase {
  std::string name;
  double effect = 0.0;          ///< log-ratio of B over A
  double sd = 0.01;             ///< of pairs
  double control_effect = 0.0;  ///< of the copy over A
};

inline Pair synthetic_pair(const std::string& key, PairKind kind, int round, double log_ratio) {
  Pair pair;
  pair.case_key = key;
  pair.kind = kind;
  pair.round = round;
  pair.iterations = 100;
  pair.slices[kA]["operation_ns"] = {100.0, 110.0, 100.0, 105.0};
  for (const double a : pair.slices[kA]["operation_ns"])
    pair.slices[kB]["operation_ns"].push_back(a * std::exp(log_ratio));
  return pair;
}

struct SyntheticDuel {
  explicit SyntheticDuel(const std::vector<SyntheticCase>& cases, int rounds = 20, std::uint64_t seed = 1) {
    record.status = "complete";
    record.plan.pairs = rounds;
    record.plan.seed = seed;
    Random random(seed);
    for (const SyntheticCase& one : cases) {
      DuelCase duel_case;
      duel_case.planned.program = "fake/program";
      duel_case.planned.name = one.name;
      duel_case.planned.key = "fake/program:" + one.name;
      duel_case.planned.expected_s = 0.2;
      duel_case.counter = "operation_ns";
      duel_case.slices = 4;
      for (int round = 1; round <= rounds; ++round) {
        const double duel = one.effect + one.sd * random.normal();
        const double control = one.control_effect + one.sd * random.normal();
        pairs.push_back(synthetic_pair(duel_case.planned.key, PairKind::kDuel, round, duel));
        pairs.push_back(synthetic_pair(duel_case.planned.key, PairKind::kControl, round, control));
      }
      record.plan.cases.push_back(duel_case);
    }
  }

  DuelRecord record;
  std::vector<Pair> pairs;
};

}  // namespace unitcost
