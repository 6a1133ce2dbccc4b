#pragma once
// From pairs to outcomes. All effects, spreads and margins are log-ratios of a cost, B over A: above 0, B is slower.
#include <array>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "harness/duel/duel_record.hpp"
#include "harness/stats/estimate.hpp"

namespace unitcost {

/// What differs less than that is never called a difference.
inline constexpr double kLeastMargin = 0.00995033085316808;  // log(1.01)
inline constexpr double kMostMargin = 0.09531017980432493;   // log(1.1): beyond it nothing is called equivalent
constexpr double kFamilyLevel = 0.05;

enum class DuelOutcome {
  kRegression,    ///< the whole interval lies above the margin, and the test agrees at the level of the family
  kImprovement,   ///< the same below
  kEquivalent,    ///< the whole interval lies inside the margin: no relevant change
  kInconclusive,  ///< neither: what could have been seen is said beside it
};

/// Case key and kind -> round -> the pair that counts: the first clean attempt, else the last one. Points into what it was made from.
using CountedPairs = std::map<std::pair<std::string, PairKind>, std::map<int, const Pair*>>;
CountedPairs counted_pairs(const std::vector<Pair>& pairs);

/// The pairs of one kind of a case.
struct PairedEvidence {
  std::vector<double> logs;                 ///< one a round, in order; of repeated pairs the one that counts
  std::vector<std::array<int, 2>> layouts;  ///< of the same pairs: the link order of either side
  Estimate ratio;                           ///< of the logs, told as a ratio
  double p = std::numeric_limits<double>::quiet_NaN();       ///< exact signed-rank test; NaN without pairs
  double p_holm = std::numeric_limits<double>::quiet_NaN();  ///< over the cases of this kind
  double sd = std::numeric_limits<double>::quiet_NaN();      ///< robust
  int contaminated = 0;                                      ///< of the pairs that count
  /// Fewer than six pairs have neither an interval nor a spread; ends and sd are then of no use.
  [[nodiscard]] bool has_interval() const;
  [[nodiscard]] double low() const;
  [[nodiscard]] double high() const;
};

struct JudgedCase {
  const DuelCase* duel_case = nullptr;
  PairedEvidence duel;     ///< empty in a pilot
  PairedEvidence control;  ///< A against its copy
  bool control_fired = false;
  int failed_in_b = 0;  ///< pairs of A against B in which B failed: the others do not show it
  double q =
      std::numeric_limits<double>::quiet_NaN();  ///< Benjamini and Hochberg over the cases: at most 0.05 is marked
  double margin = kLeastMargin;
  double sd = std::numeric_limits<
      double>::quiet_NaN();  ///< robust, of both kinds around their own medians; NaN below six pairs
  DuelOutcome outcome = DuelOutcome::kInconclusive;
  double visible = std::numeric_limits<double>::infinity();  ///< effect that would have been found in nine of ten duels
  std::optional<int>
      more_pairs;  ///< of an inconclusive case: how many more would decide, if it goes on as it went; absent: more than a thousand, or fewer than six pairs
};

struct JudgedDuel {
  std::vector<JudgedCase> cases;              ///< those with pairs, in the order of the plan
  std::vector<const DuelCase*> not_compared;  ///< dropped, or without a single pair
  std::vector<std::string> fired;             ///< case keys of null controls
  std::string not_gateable;                   ///< why nothing may be gated on this; empty: it may
};

/// `record` outlives the result.
JudgedDuel judge_duel(const DuelRecord& record, const std::vector<Pair>& pairs);

/// What a pilot answers: pairs and seconds that this case asks for to find a change of `effect_ratio` (0.05: 5 %), with a margin of half of it, at most 1 %.
struct Need {
  std::optional<int> pairs;  ///< absent: more than a thousand, or no spread is known
  double seconds = 0.0;      ///< with the null control
};
struct PilotCase {
  const JudgedCase* judged = nullptr;
  std::vector<Need> needs;  ///< by kPilotEffects
};
inline constexpr std::array<double, 4> kPilotEffects{0.01, 0.02, 0.05, 0.10};
std::vector<PilotCase> pilot_needs(const JudgedDuel& duel);

}  // namespace unitcost
