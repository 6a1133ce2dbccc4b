#pragma once
// The rounds of a run: round 0, the frozen plan, counted rounds, repeats. Everything is stored as it happens, so any of it can be resumed.
#include <filesystem>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "harness/base/clock.hpp"
#include "harness/plan/build.hpp"
#include "harness/run/ledger.hpp"
#include "harness/run/progress.hpp"
#include "harness/store/run_record.hpp"

namespace unitcost {

/// Runs one block; nothing when the user interrupted it. As BlockRunner::run.
using RunBlock = std::function<std::optional<Block>(const PlannedCase&, int round, int attempt, int position,
                                                    double reference_median_ns)>;

struct SessionParts {
  RunBlock run_block;
  std::function<void(const Block&)> store_block;  ///< throws Error when it could not be stored
  std::function<void(const RunRecord&)> store_record;
  std::function<bool()> is_interrupted;
  const Clock& clock;
  Progress& progress;
  double ticks_per_s = 100.0;  ///< of /proc/stat
};

class RunSession {
 public:
  /// `record` holds the plan, frozen or not; `ledger` the blocks that are there already. Both are changed.
  RunSession(RunRecord& record, Ledger& ledger, const Profile& profile, PlanWishes wishes,
             std::uint64_t free_memory_bytes, SessionParts parts);

  /// All that is left of the run. False when the user interrupted it.
  bool run();

 private:
  bool round_zero();
  bool calibrate_cases();
  void extend_near_cliffs();
  bool recalibrate_disturbed();
  void freeze();
  bool counted_round(int round);
  [[nodiscard]] double repeat_time_left_s(int round) const;
  [[nodiscard]] std::set<std::size_t> worth_repeating(std::vector<std::size_t> due, int round) const;
  [[nodiscard]] double spent_s() const;
  [[nodiscard]] double pace() const;
  [[nodiscard]] double left_s() const;
  bool run_one(const PlannedCase& planned, int round, int attempt);
  void show(int round);

  RunRecord& record_;
  Ledger& ledger_;
  const Profile& profile_;
  PlanWishes wishes_;
  std::uint64_t free_memory_bytes_;
  SessionParts parts_;
  double started_s_;
  int round_done_ = 0;  ///< blocks done of the part under way, for the progress
  int part_blocks_ = 0;
  double expected_left_s_ = 0.0;   ///< as round 0 timed the cases
  double first_expected_s_ = 0.0;  ///< the same of the first attempts that this session has run, and what they took
  double first_took_s_ = 0.0;
  double repeated_s_ = 0.0;  ///< repeats so far, as long as was expected of them
  double repeated_in_round_s_ = 0.0;
  int not_repeated_ = 0;
};

}  // namespace unitcost
