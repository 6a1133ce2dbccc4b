#pragma once
// duel-analysis.json (docs/formats.md): what reports, gates and exports read of a duel; and the same as a table for a terminal.
#include <string>

#include <boost/json/value.hpp>

#include "harness/duel/duel_record.hpp"
#include "harness/duel/judge_duel.hpp"

namespace unitcost {

/// A pure function: the same duel gives the same bytes on every machine (written by analysis_text()).
boost::json::value duel_document(const LoadedDuel& duel);

/// A row a case and the summary; of a pilot, pairs and minutes by effect. Reads the document alone.
std::string duel_text(const boost::json::value& document);

}  // namespace unitcost
