#pragma once
// Which pairs a duel already has: filled from pairs.jsonl on resume and by every pair that is stored.
#include <map>
#include <string>
#include <tuple>

#include "harness/duel/pair.hpp"

namespace unitcost {

class PairLedger {
 public:
  void add(const Pair& pair);

  /// 1 when the pair was not measured yet; 2 or 3 when its last attempt came out contaminated; 0 when it is done.
  [[nodiscard]] int next_attempt(const std::string& case_key, PairKind kind, int round) const;
  /// How often pairs of this case were repeated.
  [[nodiscard]] int repeats(const std::string& case_key) const;
  /// 0 while there is no pair.
  [[nodiscard]] int last_round() const { return last_round_; }
  [[nodiscard]] int pairs() const { return pairs_; }
  [[nodiscard]] int failed() const { return failed_; }
  [[nodiscard]] int failed(const std::string& case_key) const;
  [[nodiscard]] int contaminated() const { return contaminated_; }
  [[nodiscard]] int repeated() const { return repeated_; }

 private:
  struct State {
    int attempts = 0;
    bool contaminated = false;
  };
  std::map<std::tuple<std::string, PairKind, int>, State> states_;
  std::map<std::string, int> failed_by_case_;
  std::map<std::string, int> repeats_by_case_;
  int last_round_ = 0;
  int pairs_ = 0;
  int failed_ = 0;
  int contaminated_ = 0;
  int repeated_ = 0;
};

}  // namespace unitcost
