#pragma once
// What a comparison by pairs can see, by simulation: which effect it finds, and how many pairs an effect asks for.
#include <map>
#include <optional>
#include <utility>
#include <vector>

namespace unitcost {

/// When an effect counts as found: the whole interval of the median lies beyond `margin`, and the signed-rank test's p is at most `level`.
/// Effects, spreads and margins are log-ratios.
struct FindingRule {
  double margin = 0.01;
  double level = 0.05;  ///< of one test: that of the family over its size
};

constexpr double kWantedPower = 0.9;

/// Simulates normal pairs once for each count and level it is asked about; the same numbers on every machine.
class PowerTable {
 public:
  /// The effect that so many pairs with this spread find with kWantedPower. Infinite where the count can never reach the level.
  double smallest_visible_effect(int pairs, double sd, const FindingRule& rule);

  /// The least even count of at least kLeastGatedPairs that finds `effect`; empty beyond kMostPairs or when the effect is not above the margin.
  std::optional<int> pairs_needed(double effect, double sd, const FindingRule& rule);

 private:
  /// Of one simulated set of pairs, in units of the spread.
  struct Thresholds {
    double interval = 0.0;  ///< how far beyond the margin the effect has to be
    double test = 0.0;      ///< how large it has to be
  };
  const std::vector<Thresholds>& thresholds(int pairs, double level);

  std::map<std::pair<int, double>, std::vector<Thresholds>> simulated_;
};

constexpr int kLeastGatedPairs = 16;
constexpr int kMostPairs = 1000;

}  // namespace unitcost
