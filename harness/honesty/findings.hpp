#pragma once
// What the duels that are done say about each number that is asked for. Pure functions of their digests.
#include <array>
#include <map>
#include <string>
#include <vector>

#include "harness/honesty/digest_duel.hpp"
#include "harness/honesty/spreads.hpp"

namespace unitcost {

enum class Reached {
  kYes,
  kNo,
  kNotYet,       ///< duels are missing
  kNothingToSay  ///< this machine has no case of the kind
};

struct NumberReached {
  std::string what;
  std::string asked;
  std::string measured;
  Reached reached = Reached::kNotYet;
};

/// Of one rule over one group of duels: cases in which it said that B differs, in the direction that is true where there is one.
struct RuleCount {
  std::string group;      ///< "A against its copy", "planted 2.5 %"
  bool is_false = false;  ///< nothing was planted: every alarm is false
  int verdicts = 0;
  std::array<int, kRules> told{};
};

struct Honesty {
  std::vector<NumberReached> findings;
  std::vector<CaseSpread> spreads;
  std::vector<RuleCount> rules;
  std::string line;  ///< machine, kernel and date of the first duel
};

/// `done`: the duels that are there, of any phase, in any order.
Honesty judge_honesty(const HonestyState& state, const std::vector<DuelDigest>& done);

constexpr double kNotableSd = 0.03;  ///< a case whose pairs scatter by more is named, with the reason

/// p-values of all verdicts, each drawn evenly between what is strictly more extreme and what is as extreme as the pairs: an exact test's p-values are discrete, and
/// only so are they uniform where nothing differs. The same numbers for the same seed.
std::vector<double> randomised_p(const std::vector<DuelDigest>& duels, std::uint64_t seed);

}  // namespace unitcost
