#pragma once
// Whether a change may pass (docs/ci.md): comparisons of new runs with one or several baselines, Holm over all rows together.
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <boost/json/object.hpp>

#include "harness/base/error.hpp"
#include "harness/compare/comparison.hpp"
#include "harness/compare/gate_rules.hpp"

namespace unitcost {

struct GateOptions {
  GateRules rules;
  std::set<std::string> vary;  ///< what is meant to differ: kernel, build, machine, or facts by name
  bool pass_inconclusive = false;
  std::string today;  ///< "2026-01-31"
  std::vector<std::string> only;
};

enum class GateWord { kOk, kRegression, kAccepted, kInconclusive };
/// "ok", "regression", "accepted", "inconclusive".
std::string gate_word_text(GateWord word);

struct GatedCase {
  std::string key;
  GateWord word = GateWord::kInconclusive;
  double holm_p = 0.0;  ///< NaN without an interval
  double smallest_visible_ratio =
      0.0;  ///< at the level that Holm leaves to a single row; NaN: anything could have been missed
  std::string reason;
  const ComparedCase* row = nullptr;  ///< null: not comparable
  bool has_no_ratio = false;          ///< without a row: both sides have a value, by a ratio that nobody knows
  bool gates =
      false;  ///< it could have failed the gate: it has a direction, enough sessions or pairs, and no rule accepts it
  bool fails_now = false;               ///< it crashes in B and did not in A: no rule accepts that, whatever it costs
  std::optional<Accepted> accepted;     ///< by this rule
  std::optional<SessionRatio> control;  ///< of a duel: A against itself
};

/// A case of which nothing can be told yet.
GatedCase open_case(const std::string& key, const std::string& reason, const ComparedCase* row = nullptr);

/// Moved, never copied: its cases point to its rows.
struct GateSide {
  explicit GateSide(Comparison of) : comparison(std::move(of)) {}
  GateSide(GateSide&&) = default;
  GateSide& operator=(GateSide&&) = default;
  GateSide(const GateSide&) = delete;
  GateSide& operator=(const GateSide&) = delete;
  ~GateSide() = default;

  Comparison comparison;  ///< a: the baseline, b: the new runs
  std::vector<GatedCase> cases;
};

/// What a gated duel says of itself, as in its analysis (docs/formats.md, section 6).
struct GatedDuel {
  std::string method;
  std::string foot;
  boost::json::object duel;
  boost::json::object rule;
};

struct Gate {
  std::vector<GateSide> against;   ///< one a baseline
  std::optional<GatedDuel> duel;   ///< a duel was gated, not runs
  std::set<std::string> vary;      ///< what was declared to differ
  std::vector<std::string> notes;  ///< rules that have run out or are no longer needed; claims that were lost
  bool pass_inconclusive = false;
  [[nodiscard]] int count(GateWord word) const;
  [[nodiscard]] Exit exit_status() const;
  /// One sentence: passed, failed or inconclusive, with counts; of a pass the smallest effect it could have missed.
  [[nodiscard]] std::string verdict() const;
};

/// Throws BadInput: nothing in common, an undeclared difference of identity or set-up (named), a file of another tool; Error with
/// Exit::kInconclusive for an emulated machine. `baselines` are not empty.
Gate gate(const std::vector<Side>& baselines, const Side& fresh, const GateOptions& options);

/// Adds to the cases of `side` those that have no row: missed in B, failing now, or with values whose ratio says nothing.
void add_not_comparable(GateSide& side);

/// Turns what the rules accept today into kAccepted, and notes rules that ran out or accept nothing.
void accept_changes(Gate& gate, const GateOptions& options);

/// Throws BadInput when no case has a ratio, none left or reached 0 and none is accepted: nothing was judged, so nothing may pass.
void refuse_nothing_judged(const Gate& gate);

boost::json::object gate_json(const Gate& gate);

}  // namespace unitcost
