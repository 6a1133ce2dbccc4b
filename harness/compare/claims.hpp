#pragma once
// What became of the claims of the runs' scenarios from one side to the other.
#include <string>
#include <vector>

namespace unitcost {

struct Side;

/// A claim, or a variant of one, as one session judged it.
struct SessionClaim {
  std::string name;      ///< "memory.random-array", "process.fork (large)"
  std::string scenario;  ///< "memory/access_order"
  std::string verdict;   ///< as in analysis.json: "holds", "refuted", …
  std::string reason;    ///< one sentence
};

struct ComparedClaim {
  enum class Change {
    kNone,
    kLost,  ///< it held in every session of A and is refuted in every one of B
    kOpen,  ///< B says nothing: undecided, not measurable, not asked, or its sessions disagree
  };
  std::string name;
  std::string scenario;
  std::string
      a;  ///< the verdict of all its sessions; else each with their number: "holds (2), undecided (1)"; "not judged"
  std::string b;
  std::string reason;  ///< of B's last session, where it was judged
  int sessions_a = 0;  ///< that judged it
  int sessions_b = 0;
  Change change = Change::kNone;
};

/// Every claim that a session of either side has, in the order in which they first appear. `only` as in compare(): of the claims' scenarios.
std::vector<ComparedClaim> compared_claims(const Side& a, const Side& b, const std::vector<std::string>& only = {});

}  // namespace unitcost
