#pragma once
// Two sides of sessions against each other: facts that differ, and a row a case with ratio, interval and outcome (docs/method.md, section 9).
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "harness/compare/claims.hpp"
#include "harness/compare/facts.hpp"
#include "harness/compare/margins.hpp"
#include "harness/compare/sources.hpp"
#include "harness/stats/session_ratio.hpp"

namespace unitcost {

enum class Change { kRegression, kImprovement, kEquivalent, kInconclusive };
/// "regression", "improvement", "equivalent", "inconclusive".
std::string change_text(Change change);

struct SideValue {
  double value = std::numeric_limits<double>::quiet_NaN();  ///< geometric mean of the sessions' medians
  int sessions = 0;
  int processes = 0;                                               ///< of all sessions together
  double spread_ratio = std::numeric_limits<double>::quiet_NaN();  ///< largest of the spreads within a session
  int failed_sessions = 0;  ///< in which a block of the case failed, whether the session has a value or not
};

struct ComparedCase {
  std::string key;
  std::string counter;
  std::string unit;
  std::optional<bool> lower_is_better;
  SideValue a;
  SideValue b;
  SessionRatio found;  ///< of b over a
  double margin_ratio = 0.0;
  Change change = Change::kInconclusive;
  double q = std::numeric_limits<
      double>::quiet_NaN();  ///< p adjusted by Benjamini and Hochberg over the rows of this comparison
  bool marked = false;       ///< q is at most 5 %: the sides differ, be it by less than the margin
  double smallest_visible_ratio =
      std::numeric_limits<double>::quiet_NaN();  ///< a worsening by this factor would have been seen
  int sessions_needed = 0;                       ///< a side, to tell; 0: not known, or too many
  std::string reason;                            ///< one sentence
  std::string remark;  ///< sessions that have no value, or only a part of one, and why; also behind `reason`
};

struct NotComparable {
  std::string key;
  std::string reason;
  bool in_a = true;         ///< side A has a value: it is missed in B
  bool fails_in_b = false;  ///< because its blocks, or pairs, failed in B: it is not gone
  bool in_b = false;        ///< side B has a value as well, and the two have no ratio
  std::optional<bool> got_worse =
      std::nullopt;  ///< nor do they need one: a count rose from 0 or fell to it, in enough sessions
};

struct Comparison {
  Side a;  ///< without its cases
  Side b;
  std::vector<FactDifference> facts;
  std::vector<std::string> warnings;
  std::vector<ComparedCase> rows;  ///< by key and counter
  std::vector<NotComparable> not_comparable;
  std::vector<ComparedClaim> claims;  ///< where the sides were read with them
  [[nodiscard]] int count(Change change) const;
};

/// `only`: prefixes of the cases wanted; empty: all. The sides' cases are used up. Throws BadInput when they have no case in common.
Comparison compare(Side a, Side b, const Margins& margins, const std::vector<std::string>& only = {});

/// The ratio by which b is worse than a: above 1 it is worse. Of a counter without a direction the ratio itself.
double worsening(const ComparedCase& row, double ratio);

/// "+5.2 %", "−31 %"; factors beyond 2 as "3.1 ×".
std::string percent_text(double ratio);
/// "[−0.3 %, +1.2 %]".
std::string percent_interval_text(double low, double high);

}  // namespace unitcost
