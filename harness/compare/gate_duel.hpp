#pragma once
// A gate over a finished duel: its analysis (docs/formats.md, section 6) already holds ratio, interval, margin and Holm's p of every case.
#include <string>
#include <string_view>

#include "harness/compare/gate.hpp"

namespace unitcost {

/// `text` is duel-analysis.json, `where` begins every message. Margins of the rules widen those that the duel's null controls ask for, and
/// never narrow them. Throws BadInput for what is no analysis of a duel, or of another schema; Error with Exit::kInconclusive when the duel
/// says that nothing may be gated on it (a null control fired, too few pairs).
Gate gate_duel(std::string_view text, const std::string& where, const GateOptions& options);

}  // namespace unitcost
