#pragma once
// The blocks of a run that count, by case and round (docs/method.md: the first clean attempt counts; round 0 is discarded). A block's value of a
// counter is the median of its samples; that is all that is kept of it, so that a run's blocks can be read one by one.
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "harness/stats/estimate.hpp"
#include "harness/store/block.hpp"
#include "harness/store/run_record.hpp"

namespace unitcost {

/// The block that counts in a round.
struct CountedBlock {
  static constexpr int kNone = -1;  ///< nothing was measured
  int index = kNone;                ///< among the blocks of the run, from 0
  int attempt = 0;
  bool is_clean = false;
};

/// What a run knows about one case.
class CaseEvidence {
 public:
  const PlannedCase* planned = nullptr;
  std::vector<CountedBlock> by_round;  ///< one entry a counted round of the plan
  std::string unmeasurable;            ///< the reason, when this machine cannot run the case
  std::string failure;                 ///< how its last failed block failed
  int failed_blocks = 0;

  [[nodiscard]] bool has_blocks() const;
  /// Counters of its blocks in alphabetical order, without "operations".
  [[nodiscard]] std::vector<std::string> counters() const;
  /// Block value by counted round; NaN where there is none.
  [[nodiscard]] std::vector<double> values(std::string_view counter) const;
  /// Of the blocks in their order; n = 0 when the counter is unknown.
  [[nodiscard]] Estimate estimate(std::string_view counter) const;
  /// Blocks that count although no attempt was clean.
  [[nodiscard]] int contaminated() const;

  /// `index`: its place among the blocks of the run.
  void add(const Block& block, int index);

 private:
  struct Column {
    std::string counter;
    std::vector<double> values;  // by round, as far as there are any
  };
  void keep_values(const Block& block, std::size_t round);

  std::vector<Column> columns_;
};

using BlockTaker = std::function<void(const Block&)>;
/// Gives every block of a run to a taker, in the order of the file.
using BlockFeed = std::function<void(const BlockTaker&)>;

/// A view: the run must outlive it.
class Evidence {
 public:
  Evidence(const RunRecord& run, const BlockFeed& feed);
  Evidence(const RunRecord& run, const std::vector<Block>& blocks);

  [[nodiscard]] const RunRecord& run() const { return *run_; }
  [[nodiscard]] const std::map<std::string, CaseEvidence>& cases() const { return cases_; }
  /// Null when the plan has no such case.
  [[nodiscard]] const CaseEvidence* find(const std::string& key) const;
  /// The cases of a label, in the order of the plan.
  [[nodiscard]] std::vector<const LabelledCase*> labelled(const std::string& scenario, const std::string& label) const;

 private:
  const RunRecord* run_;
  std::map<std::string, CaseEvidence> cases_;
  std::map<std::pair<std::string, std::string>, std::vector<const LabelledCase*>> labels_;
};

}  // namespace unitcost
