#pragma once
// The blocks of a run that count, by case and round (docs/method.md: the first clean attempt counts; round 0 is discarded).
#include <map>
#include <string>
#include <vector>

#include "harness/stats/estimate.hpp"
#include "harness/store/block.hpp"
#include "harness/store/run_record.hpp"

namespace unitcost {

/// What a run knows about one case.
struct CaseEvidence {
  const PlannedCase* planned = nullptr;
  std::vector<const Block*> by_round;  ///< one entry a counted round of the plan; null where nothing was measured
  std::string unmeasurable;            ///< the reason, when this machine cannot run the case
  std::string failure;                 ///< how its last failed block failed
  int failed_blocks = 0;

  [[nodiscard]] bool has_blocks() const;
  /// Counters of its blocks in alphabetical order, without "operations".
  [[nodiscard]] std::vector<std::string> counters() const;
  /// Block value (median of the samples) by counted round; NaN where there is none.
  [[nodiscard]] std::vector<double> values(const std::string& counter) const;
  /// Of the blocks in their order; n = 0 when the counter is unknown.
  [[nodiscard]] Estimate estimate(const std::string& counter) const;
  /// Blocks that count although no attempt was clean.
  [[nodiscard]] int contaminated() const;
};

/// A view: run and blocks must outlive it.
class Evidence {
 public:
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
