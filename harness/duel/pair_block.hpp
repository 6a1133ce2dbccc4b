#pragma once
// One pair from its plan to its line: lots, reference, readings, both processes, readings, reference, outcome, contamination.
#include <array>
#include <filesystem>
#include <optional>

#include "harness/duel/lots.hpp"
#include "harness/run/benchmark_json.hpp"
#include "harness/run/block_runner.hpp"

namespace unitcost {

/// What pairs need and do not own; all of it outlives the PairBlock.
struct PairParts {
  ProcessRunner& processes;
  PairRunner& pairs;
  SpinReference& reference;
  const ReadingSource& readings;
  const Clock& clock;
  const Programs& a;
  const Programs& b;
  const Programs& copy_of_a;
  std::array<std::vector<Programs>, 2> layouts;  ///< by side: in link order 1 …; empty: without link orders
};

struct PairKey {
  PairKind kind = PairKind::kDuel;
  int round = 1;
  int attempt = 1;
  int position = 0;
};

class PairBlock {
 public:
  PairBlock(PairParts parts, BlockSettings settings, Redactor redactor);
  ~PairBlock();
  PairBlock(const PairBlock&) = delete;
  PairBlock& operator=(const PairBlock&) = delete;

  /// Nothing when the user interrupted it: the pair never happened.
  std::optional<Pair> run(const DuelCase& duel_case, const PairKey& key, double reference_median_ns);

 private:
  struct Ended {
    std::array<std::vector<ChildResult>, 2> children;  ///< by side: one, or one a slice without a token
    std::array<RowsVerdict, 2> verdicts;
  };
  [[nodiscard]] ChildRequest request_for(const DuelCase& duel_case, const Pair& pair, std::size_t side) const;
  bool run_with_token(const DuelCase& duel_case, const Pair& pair, Ended& ended);
  bool run_in_turn(const DuelCase& duel_case, const Pair& pair, Ended& ended);
  [[nodiscard]] const Programs& programs_of(const Pair& pair, std::size_t side) const;
  void judge(const DuelCase& duel_case, const Ended& ended, Pair& pair) const;
  /// Throws as refuse_full_disk does: then the pair is not to be stored.
  void keep_failure(const Pair& pair, const Ended& ended) const;

  PairParts parts_;
  BlockSettings settings_;
  Redactor redactor_;
  std::array<std::string, 2> files_;  ///< by side: --benchmark_out
};

}  // namespace unitcost
