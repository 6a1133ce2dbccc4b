#pragma once
// The rounds of a duel: joint calibration, the frozen plan, pairs, repeats. Everything is stored as it happens, so any of it can be resumed.
#include <array>
#include <functional>
#include <optional>

#include "harness/base/clock.hpp"
#include "harness/duel/pair_block.hpp"
#include "harness/duel/pair_ledger.hpp"
#include "harness/run/progress.hpp"

namespace unitcost {

struct DuelParts {
  /// One calibrating block of a side (a pilot's second side is the copy of A); nothing when the user interrupted it.
  std::function<std::optional<Block>(const PlannedCase&, std::size_t side)> run_block;
  std::function<std::optional<Pair>(const DuelCase&, const PairKey&, double reference_median_ns)> run_pair;
  std::function<void(const Pair&)> store_pair;  ///< throws Error when it could not be stored
  std::function<void(const DuelRecord&)> store_record;
  std::function<bool()> is_interrupted;
  const Clock& clock;
  Progress& progress;
};

/// A case that fails so often is given up: its other pairs would fail as well, and each may take as long as its deadline.
constexpr int kMostFailedPairs = 2;

class DuelSession {
 public:
  /// `record` holds the plan, frozen or not; `ledger` the pairs that are there already. Both are changed.
  DuelSession(DuelRecord& record, PairLedger& ledger, DuelParts parts);

  /// All that is left of the duel. False when the user interrupted it.
  bool run();

 private:
  bool calibrate();
  bool run_round(int round);
  bool run_one(const PairTurn& turn, int round, int attempt);
  [[nodiscard]] bool may_repeat(const PlannedCase& planned, int round) const;
  void show(int round);

  DuelRecord& record_;
  PairLedger& ledger_;
  DuelParts parts_;
  double repeated_s_ = 0.0;  ///< of all sittings
  int first_round_ = 0;      ///< whose pairs this sitting may repeat: a repeat belongs to its round
  double expected_left_s_ = 0.0;
  int done_ = 0;
  int all_ = 0;
  int not_repeated_ = 0;
};

/// Pairs of a frozen plan and the seconds that they take, repeats apart.
struct DuelBudget {
  int cases = 0;
  int pairs = 0;
  double seconds = 0.0;
};
DuelBudget budget_of(const DuelPlan& plan);

}  // namespace unitcost
