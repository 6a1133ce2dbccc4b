#include "harness/compare/claims.hpp"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "harness/base/prefixes.hpp"
#include "harness/compare/sources.hpp"

namespace unitcost {
namespace {

/// A claim's verdicts on one side.
struct Verdicts {
  std::vector<std::string> order;
  std::map<std::string, int> sessions;  // by verdict
  std::string reason;                   // of the last one
  int count = 0;

  void add(const SessionClaim& claim) {
    if (++sessions[claim.verdict] == 1) order.push_back(claim.verdict);
    reason = claim.reason;
    ++count;
  }
  [[nodiscard]] bool are_all(std::initializer_list<const char*> words) const {
    return !order.empty() && std::ranges::all_of(order, [&](const std::string& verdict) {
      return std::ranges::find(words, verdict) != words.end();
    });
  }
  [[nodiscard]] std::string text() const {
    if (order.empty()) return "not judged";
    if (order.size() == 1) return order.front();
    std::vector<std::string> counted;
    for (const std::string& verdict : order) counted.push_back(fmt::format("{} ({})", verdict, sessions.at(verdict)));
    return fmt::format("{}", fmt::join(counted, ", "));
  }
};

struct Gathered {
  std::string scenario;
  Verdicts a;
  Verdicts b;
};

ComparedClaim::Change change_of(const Gathered& claim) {
  if (claim.a.are_all({"holds", "holds in part"}) && claim.b.are_all({"refuted"})) return ComparedClaim::Change::kLost;
  const bool is_said =
      claim.b.are_all({"holds", "holds in part"}) || claim.b.are_all({"refuted"}) || claim.b.are_all({"reported"});
  return is_said ? ComparedClaim::Change::kNone : ComparedClaim::Change::kOpen;
}

}  // namespace

std::vector<ComparedClaim> compared_claims(const Side& a, const Side& b, const std::vector<std::string>& only) {
  std::vector<std::string> order;
  std::map<std::string, Gathered> claims;
  for (const Side* side : {&a, &b}) {
    for (const Session& session : side->sessions) {
      for (const SessionClaim& claim : session.claims) {
        if (!is_asked_for(claim.scenario + ":", only)) continue;
        const auto [at, is_new] = claims.try_emplace(claim.name, Gathered{claim.scenario, {}, {}});
        if (is_new) order.push_back(claim.name);
        (side == &a ? at->second.a : at->second.b).add(claim);
      }
    }
  }
  std::vector<ComparedClaim> compared;
  for (const std::string& name : order) {
    const Gathered& claim = claims.at(name);
    compared.push_back({name, claim.scenario, claim.a.text(), claim.b.text(), claim.b.reason, claim.a.count,
                        claim.b.count, change_of(claim)});
  }
  return compared;
}

}  // namespace unitcost
