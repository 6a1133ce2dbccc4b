// Changes for the worse that a project decided to live with.
#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include "harness/compare/gate.hpp"

namespace unitcost {
namespace {

/// Whether it changed by more than the rule lets pass. A ratio that nobody knows is no smaller than any.
bool is_beyond(const Accepted& rule, const GatedCase& found) {
  if (!rule.at_most_ratio) return false;
  if (found.row == nullptr) return found.has_no_ratio;
  return worsening(*found.row, found.row->found.ratio) > *rule.at_most_ratio;
}

/// The rules for this case that have not run out, in their order.
std::vector<const Accepted*> rules_for(const GatedCase& found, const GateOptions& options) {
  std::vector<const Accepted*> rules;
  for (const Accepted& rule : options.rules.accepted) {
    if (fits(rule.pattern, found.key) && rule.until >= options.today) rules.push_back(&rule);
  }
  return rules;
}

/// Whether it looks worse by more than the margin, or is missing: nothing else needs to be accepted.
bool looks_worse(const GatedCase& found) {
  if (found.row == nullptr) return true;
  return worsening(*found.row, found.row->found.ratio) > 1.0 + found.row->margin_ratio;
}

void accept(GatedCase& found, const GateOptions& options) {
  if (found.word == GateWord::kOk || !looks_worse(found)) return;
  const std::vector<const Accepted*> rules = rules_for(found, options);
  const auto first = std::ranges::find_if(rules, [&](const Accepted* rule) { return !is_beyond(*rule, found); });
  if (first == rules.end()) {
    if (!rules.empty()) {
      found.reason += fmt::format("; beyond the {} that the rule of line {} accepts",
                                  percent_text(*rules.front()->at_most_ratio), rules.front()->line);
    }
    return;
  }
  const Accepted* row = *first;
  if (found.fails_now) {
    found.word = GateWord::kInconclusive;
    found.reason += fmt::format("; the rule of line {} accepts what it costs, not that it fails", row->line);
    return;
  }
  found.word = GateWord::kAccepted;
  found.gates = false;
  found.accepted = *row;
  found.reason =
      fmt::format("{}; accepted with commit {} until {}: {}", found.reason, row->commit, row->until, row->reason);
}

std::vector<std::string> notes_on(const GateOptions& options, const Gate& gate) {
  std::vector<std::string> notes;
  for (const Accepted& row : options.rules.accepted) {
    if (row.until < options.today) {
      notes.push_back(fmt::format("the rule of line {} for {} ran out on {}", row.line, row.pattern, row.until));
      continue;
    }
    int judged = 0;
    bool is_needed = false;  // an open case may still show that it is, when it runs again or is less noisy
    for (const GateSide& side : gate.against) {
      for (const GatedCase& found : side.cases) {
        if (!fits(row.pattern, found.key)) continue;
        ++judged;
        is_needed |= found.word != GateWord::kOk;
      }
    }
    if (is_needed) continue;
    notes.push_back(fmt::format("the rule of line {} for {} {}", row.line, row.pattern,
                                judged == 0 ? "fits no case that was judged" : "accepts nothing now and can go"));
  }
  return notes;
}

}  // namespace

void accept_changes(Gate& gate, const GateOptions& options) {
  for (GateSide& side : gate.against) {
    for (GatedCase& found : side.cases) accept(found, options);
  }
  gate.notes = notes_on(options, gate);
}

}  // namespace unitcost
