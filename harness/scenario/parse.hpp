#pragma once
// Reads scenario and profile files. Strict: every unknown key, wrong type, impossible range, duplicate id is a BadInput with
// file, line, key and the nearest known key. All faults of a file are collected into one message.
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "harness/base/nearest.hpp"  // did you mean …? is part of every message here
#include "harness/scenario/scenario.hpp"

namespace unitcost {

/// `id` is "family/name"; `file` is for messages. A pure function of the text.
Scenario parse_scenario(std::string_view toml, const std::string& id, const std::string& file);
Profile parse_profile(std::string_view toml, const std::string& name, const std::string& file);

/// Every <dir>/<family>/<name>.toml (profiles/ apart), sorted by id; claim (id, variant) pairs are unique over all of them. Throws BadInput.
std::vector<Scenario> load_scenarios(const std::filesystem::path& dir);
/// <dir>/profiles/<name>.toml; a wrong name is a BadInput that lists the profiles there are.
Profile load_profile(const std::filesystem::path& dir, const std::string& name);

/// What a profile names must exist: scenarios, axes, values, case prefixes. One BadInput with all faults. `scenarios` are all there are.
void check_profile(const Profile& profile, const std::vector<Scenario>& scenarios);

/// What `--only` chooses. A scenario whose id starts with one of `prefixes` ("memory", "memory/access_order") is taken whole; of another one
/// the cases are taken whose label ("sync/mutex_semaphore:semaphore") or key ("memory/cache_cliffs:walk/page:huge") starts with one, with the
/// claims and figures that these cases can answer. Empty prefixes: all. A prefix that fits none is a BadInput with the nearest names.
std::vector<Scenario> select_scenarios(std::vector<Scenario> scenarios, const std::vector<std::string>& prefixes);

/// "4KiB" -> 4096; KiB, MiB, GiB or plain bytes. Throws BadInput.
std::uint64_t parse_size(std::string_view text);
std::string format_size(std::uint64_t bytes);  ///< 4096 -> "4 KiB"

}  // namespace unitcost
