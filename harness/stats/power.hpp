#pragma once
// What a comparison by pairs can see, by simulation: which effect it finds, and how many pairs an effect asks for.
#include <map>
#include <optional>
#include <utility>
#include <vector>

namespace unitcost {

/// When an effect counts as found: the whole interval of the median, widened where the pairs seem to follow each other, lies beyond the margin, and the
/// signed-rank test's p is at most `level`. Effects, spreads and margins are log-ratios.
struct FindingRule {
  double margin = 0.01;  ///< the least
  double level = 0.05;   ///< of one test: that of the family over its size
  bool has_control =
      false;        ///< the margin is at least the far end of the interval of a null control with as many pairs
  int sd_from = 0;  ///< how many values the spread was estimated from; 0: it is known
};

constexpr double kWantedPower = 0.9;

/// Simulates normal pairs once for each count and level it is asked about; the same numbers on every machine.
class PowerTable {
 public:
  /// The effect that so many new pairs find with kWantedPower, given what is known of their spread. Infinite where the count can never reach the level.
  double smallest_visible_effect(int pairs, double sd, const FindingRule& rule);

  /// The share of comparisons with so many new pairs that find `effect`.
  double share_found(int pairs, double effect, double sd, const FindingRule& rule);

  /// The least even count of at least kLeastGatedPairs that finds `effect`; empty beyond kMostPairs or when the effect is not above the margin.
  std::optional<int> pairs_needed(double effect, double sd, const FindingRule& rule);

 private:
  /// Of one simulated comparison, in units of the spread.
  struct Trial {
    double interval = 0.0;  ///< how far beyond the margin the effect has to be
    double test = 0.0;      ///< how large it has to be
    double control = 0.0;   ///< the far end of the null control's interval
  };
  const std::vector<Trial>& trials(int pairs, double level);
  /// Of each simulated comparison the effect from which it finds one.
  std::vector<double> least_effects(int pairs, double sd, const FindingRule& rule);
  const std::vector<double>& estimated_spreads(int values);

  std::map<std::pair<int, double>, std::vector<Trial>> trials_;
  std::map<int, std::vector<double>> spreads_;  ///< of a true spread of 1
};

constexpr int kLeastGatedPairs = 16;
constexpr int kMostPairs = 1000;

}  // namespace unitcost
