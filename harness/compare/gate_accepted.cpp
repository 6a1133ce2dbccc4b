// Changes for the worse that a project decided to live with.
#include <algorithm>

#include <fmt/format.h>

#include "harness/compare/gate.hpp"

namespace unitcost {
namespace {

/// The row of the rules that accepts this case today, or null.
const Accepted* accepted_by(const GatedCase& found, const GateOptions& options) {
  for (const Accepted& row : options.rules.accepted) {
    if (!fits(row.pattern, found.key) || row.until < options.today) continue;
    if (row.at_most_ratio && found.row != nullptr && worsening(*found.row, found.row->found.ratio) > *row.at_most_ratio)
      continue;
    return &row;
  }
  return nullptr;
}

/// Whether it looks worse by more than the margin, or is missing: nothing else needs to be accepted.
bool looks_worse(const GatedCase& found) {
  if (found.row == nullptr) return true;
  return worsening(*found.row, found.row->found.ratio) > 1.0 + found.row->margin_ratio;
}

void accept(GatedCase& found, const GateOptions& options) {
  if (found.word == GateWord::kOk || !looks_worse(found)) return;
  const Accepted* row = accepted_by(found, options);
  if (row == nullptr) return;
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
    const bool is_used = std::ranges::any_of(gate.against, [&](const GateSide& side) {
      return std::ranges::any_of(side.cases, [&](const GatedCase& found) {
        // A case that crashes is open: whether its rule is still needed shows when it runs again.
        return (found.word == GateWord::kAccepted || found.fails_now) && fits(row.pattern, found.key);
      });
    });
    if (!is_used)
      notes.push_back(fmt::format("the rule of line {} for {} accepts nothing now and can go", row.line, row.pattern));
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
