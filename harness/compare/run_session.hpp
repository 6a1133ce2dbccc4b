#pragma once
// A run of ours as a session.
#include <filesystem>
#include <string>
#include <vector>

#include "harness/analyse/evidence.hpp"
#include "harness/compare/session.hpp"
#include "harness/store/load.hpp"

namespace unitcost {

/// One value a case: of the counter that the run's own scenario draws for it, else of the first time, else of the first number that has a
/// direction. With `counters` these instead, wherever a case has them.
Session session_of(const LoadedRun& run, const std::vector<std::string>& counters = {},
                   Claims claims = Claims::kLeaveOut);
/// The same of evidence that is there already; the blocks of `run` are not looked at.
Session session_of(const LoadedRun& run, const Evidence& evidence, const std::vector<std::string>& counters = {},
                   Claims claims = Claims::kLeaveOut);
/// The same of a run that was opened by `loader`, without ever holding its blocks.
Session read_session(const std::filesystem::path& folder, RunLoader& loader,
                     const std::vector<std::string>& counters = {}, Claims claims = Claims::kLeaveOut);

}  // namespace unitcost
