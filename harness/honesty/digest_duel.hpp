#pragma once
// What the check keeps of a duel once it is read: enough for every judgement, small enough for some hundred duels at once.
#include <array>
#include <string>
#include <vector>

#include "harness/duel/duel_record.hpp"
#include "harness/honesty/piece.hpp"
#include "harness/honesty/usual_rules.hpp"

namespace unitcost {

struct CaseDigest {
  std::string key;
  std::vector<double> logs;  ///< of the pairs that are judged: of a build against its copy those of the null control
  double p = 1.0;
  double p_beyond = 0.0;  ///< SignedRank
  double margin = 0.0;    ///< log-ratio
  double visible = 0.0;   ///< log-ratio; infinite: no effect would be seen
  std::array<Told, kRules> told{};
};

struct DuelDigest {
  Piece piece;
  std::string line;  ///< machine, kernel and date
  double wall_s = 0.0;
  bool gateable = false;  ///< of a build against its copy: it has pairs enough and came to its end
  int fired = 0;          ///< null controls of a duel of two sides
  std::vector<CaseDigest> cases;
};

/// A build against its copy is a pilot: there the verdict is what the rule says of the null control's pairs, with the least margin and Holm over the cases.
DuelDigest digest_of(const Piece& piece, const LoadedDuel& duel);

}  // namespace unitcost
