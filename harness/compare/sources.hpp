#pragma once
// From what a user names (a run, a folder of runs, a result file of another tool) to the sessions of a side.
#include <filesystem>
#include <string>
#include <vector>

#include "harness/compare/session.hpp"

namespace unitcost {

struct Side {
  std::string name;
  std::vector<Session> sessions;  ///< at least one, no content twice, in the order of their start
};

/// The runs (folders with run.json) and JSON files behind `path`: itself, or what lies in the folder up to two levels down; symbolic links
/// inside a folder are not followed, so that `latest` does not count twice. Else a run's name under `results`. Throws BadInput.
std::vector<std::filesystem::path> find_sessions(const std::string& path, const std::filesystem::path& results);

/// Throws BadInput when a path is no session or when one content stands twice. `counters` as in session_of().
Side read_side(const std::string& name, const std::vector<std::string>& paths, const std::filesystem::path& results,
               const std::vector<std::string>& counters = {}, Claims claims = Claims::kLeaveOut);

/// Throws BadInput for a counter that no case of any of the sides has: it is mistyped, and a comparison without it would say nothing of that.
void refuse_unknown_counters(const std::vector<const Side*>& sides, const std::vector<std::string>& counters);

/// Throws BadInput when one session is on both sides.
void refuse_shared_sessions(const Side& a, const Side& b);

}  // namespace unitcost
