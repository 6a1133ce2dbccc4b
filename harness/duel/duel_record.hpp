#pragma once
// duel.json: what a duel is. With pairs.jsonl beside it, it is all that analysis needs.
#include <array>
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include <boost/json/value.hpp>

#include "harness/duel/pair.hpp"
#include "harness/machine/fact.hpp"
#include "harness/plan/plan.hpp"

namespace unitcost {

constexpr int kDuelSchema = 1;

struct DuelCase {
  PlannedCase planned;    ///< `expected_s`: of one pair; `sample_ms`: of the calibration; `memory_bytes`: of both sides
  std::string counter;    ///< what is compared; less is better
  bool has_token = true;  ///< both sides can pass one
  double slice_ms = 0.0;  ///< at least so long, and at least 30 operations
  int slices = 0;         ///< a side and pair; 0 until calibrated
  std::int64_t warm_up_iterations = 0;
  bool is_measurable_in_a = true;  ///< false: this machine cannot run it, so that nothing is missed in B
};

/// How a pair is cut. Fixed for a whole duel.
struct PairCut {
  double slice_ms = 0.0;  ///< 0: 0.25, or the sample of the scenario where that is longer than most (20 with threads)
  int slices = 0;         ///< a side; 0: 120, or as many as fit into 0.13 s, 4 at least
  double warm_up_share = 0.25;  ///< of a slice, before the slices of each turn
};

struct DuelPlan {
  std::uint64_t seed = 1;
  std::string profile;  ///< empty: programs without scenarios
  std::vector<std::string> only;
  bool pilot = false;  ///< A against its copy alone
  int pairs = 20;      ///< rounds
  int layouts = 0;     ///< link orders a side, of which each pair draws one; 0: each side as it is
  PairCut cut;
  bool frozen = false;  ///< calibrated: nothing changes any more
  std::vector<DuelCase> cases;
  std::vector<std::string> only_in_a;  ///< case keys
  std::vector<std::string> only_in_b;
};

/// Its cases alone.
inline Plan plan_of(const DuelPlan& duel) {
  Plan plan;
  for (const DuelCase& duel_case : duel.cases) plan.cases.push_back(duel_case.planned);
  return plan;
}

using Digests = std::map<std::string, std::string>;  ///< program -> first 12 hex digits of its SHA-256

/// What a side was, without saying where it lay.
struct DuelSide {
  std::string name;              ///< "A", "B"; of a pilot "copy of A", or "A in another link order"
  Digests digests;               ///< of the programs as they were given
  std::string commit;            ///< of a side that was built from a revision: the whole hash
  std::vector<Digests> layouts;  ///< of every link order, in their order
};

struct DuelRecord {
  int schema = kDuelSchema;
  std::string machine_id;
  std::string label;
  std::string boot;
  std::string status = "running";  ///< running | complete | interrupted
  std::string started_utc;
  std::string ended_utc;
  Facts machine;
  Facts build;  ///< of the harness
  std::map<std::string, std::string> absent;
  double reference_median_ns = 0.0;
  std::int64_t reference_steps = 0;
  double wall_s = 0.0;
  std::vector<std::string> warnings;
  std::array<DuelSide, 2> sides;
  DuelPlan plan;
};

/// In how many different link orders the side has this program: a command may give the same file again and again.
int link_orders_of(const DuelSide& side, const std::string& program);

boost::json::value to_json(const DuelRecord& record);
DuelRecord duel_record_from_json(const boost::json::value& value);

struct LoadedDuel {
  std::filesystem::path folder;
  std::string id;  ///< first 12 hex digits of SHA-256 over plan, facts and pairs
  DuelRecord record;
  std::vector<Pair> pairs;
};

/// duel.json, atomically and flushed.
void store_duel(const std::filesystem::path& folder, const DuelRecord& record);

/// Throws BadInput with file and line. A torn last line is left out.
LoadedDuel load_duel(const std::filesystem::path& folder);

/// A folder with duel.json, or a path under `results` ("latest-duel", "<machine>/<duel>"). Throws BadInput.
std::filesystem::path find_duel(const std::filesystem::path& results, const std::string& name);

}  // namespace unitcost
