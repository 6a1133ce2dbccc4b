#pragma once
// Facts in which two sides differ, and whether that was declared (docs/ci.md, "What must agree").
#include <set>
#include <string>
#include <vector>

#include "harness/compare/sources.hpp"

namespace unitcost {

struct FactDifference {
  std::string name;  ///< an entry of an object fact has its key behind a dot: "mitigations.retbleed"
  Fact::Kind kind = Fact::Kind::kIdentity;
  std::vector<std::string> a;  ///< the values there, each once; "not recorded" among them where a session has none
  std::vector<std::string> b;
  std::string group;  ///< what declares it: "kernel", "build", "machine"; "code" needs no declaration; else empty
};

/// Every fact that has more than one value over all sessions, identity first, moving last. Memory within 1 % is equal: a kernel keeps a little
/// more or less of it for itself.
std::vector<FactDifference> differing_facts(const Side& a, const Side& b);

/// Every fact that has one value over all sessions of both sides, in the same order; `a` and `b` are that value. For a reader who asks what was held fixed.
std::vector<FactDifference> agreeing_facts(const Side& a, const Side& b);

/// Whether it may differ: it is moving, names the code under test (commit, version, dirty), or its group or name is in `vary`.
bool is_declared(const FactDifference& difference, const std::set<std::string>& vary);

/// Throws BadInput for a word of --vary that is neither kernel, build, machine nor a fact of these sides.
void check_vary(const std::set<std::string>& vary, const Side& a, const Side& b);

/// "identity", "set-up", "moving".
std::string kind_text(Fact::Kind kind);

}  // namespace unitcost
