#pragma once
// Which blocks a run already has: filled from blocks.jsonl on resume and by every block that is stored. Decides what is still to be done.
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "harness/store/block.hpp"

namespace unitcost {

constexpr int kMostAttempts = 3;

class Ledger {
 public:
  void add(const Block& block);

  /// 1 when the case has not run in this round; 2 or 3 when its last attempt came out contaminated; 0 when it is done.
  [[nodiscard]] int next_attempt(const std::string& key, int round) const;
  /// Round 0's blocks of a case, in order of attempts.
  [[nodiscard]] const std::vector<Block>& round_zero(const std::string& key) const;
  /// Median of the spin reference over round 0; 0 when there is none.
  [[nodiscard]] double reference_median_ns() const;

  /// How often blocks of this case were repeated in counted rounds.
  [[nodiscard]] int repeats(const std::string& key) const;

  [[nodiscard]] int blocks() const { return blocks_; }
  [[nodiscard]] int failed() const { return failed_; }
  [[nodiscard]] int contaminated() const { return contaminated_; }
  [[nodiscard]] int repeated() const { return repeated_; }
  /// Share of the block CPUs' time that others used; 0 when it cannot be told.
  [[nodiscard]] double others_share() const;

 private:
  struct State {
    int attempts = 0;
    bool contaminated = false;
  };
  std::map<std::pair<std::string, int>, State> states_;
  std::map<std::string, std::vector<Block>> round_zero_;
  std::map<std::string, int> repeats_;
  int blocks_ = 0;
  int failed_ = 0;
  int contaminated_ = 0;
  int repeated_ = 0;
  double others_cpu_s_ = 0.0;
  double block_cpu_s_ = 0.0;
};

}  // namespace unitcost
