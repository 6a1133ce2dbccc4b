#include "harness/honesty/digest_duel.hpp"

#include "harness/analyse/machine_facts.hpp"
#include "harness/stats/power.hpp"
#include "harness/stats/signed_rank.hpp"
#include "harness/store/run_record.hpp"

namespace unitcost {
namespace {

CaseDigest digest_of(const JudgedCase& judged, const CountedPairs& counted, PairKind kind) {
  const bool is_pilot = kind == PairKind::kControl;
  const DuelCase& duel_case = *judged.duel_case;
  CaseDigest digest;
  digest.key = duel_case.planned.key;
  digest.logs = (is_pilot ? judged.control : judged.duel).logs;
  const SignedRank test = signed_rank_test(digest.logs);
  digest.p = test.p;
  digest.p_beyond = test.p_beyond;
  digest.margin = judged.margin;
  digest.visible = judged.visible;
  std::vector<const Pair*> pairs;
  if (const auto found = counted.find({digest.key, kind}); found != counted.end()) {
    for (const auto& [round, pair] : found->second) pairs.push_back(pair);
  }
  const RawSlices slices = raw_slices(pairs, duel_case.counter);
  digest.told = {by_u_test(slices), by_pooled_t(slices), by_overlap(slices),
                 is_pilot ? by_control(judged) : by_outcome(judged)};
  return digest;
}

std::string line_of(const DuelRecord& record) {
  RunRecord named;  // for the line alone
  named.machine = record.machine;
  named.started_utc = record.started_utc;
  return machine_line(named);
}

}  // namespace

DuelDigest digest_of(const Piece& piece, const LoadedDuel& duel) {
  const bool is_pilot = duel.record.plan.pilot;
  const JudgedDuel judged = judge_duel(duel.record, duel.pairs);
  const CountedPairs counted = counted_pairs(duel.pairs);
  DuelDigest digest;
  digest.piece = piece;
  digest.line = line_of(duel.record);
  digest.wall_s = duel.record.wall_s;
  const bool has_enough = duel.record.status == "complete" && duel.record.plan.pairs >= kLeastGatedPairs;
  digest.gateable = is_pilot ? has_enough : judged.not_gateable.empty();
  digest.fired = is_pilot ? 0 : static_cast<int>(judged.fired.size());
  for (const JudgedCase& each : judged.cases)
    digest.cases.push_back(digest_of(each, counted, is_pilot ? PairKind::kControl : PairKind::kDuel));
  return digest;
}

}  // namespace unitcost
