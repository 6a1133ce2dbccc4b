#pragma once
// Reads scenario and profile files. Strict: every unknown key, wrong type, impossible range, duplicate id is a BadInput with
// file, line, key and the nearest known key. All faults of a file are collected into one message.
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "harness/scenario/scenario.hpp"

namespace unitcost {

/// `id` is "family/name"; `file` is for messages. A pure function of the text.
Scenario parse_scenario(std::string_view toml, const std::string& id, const std::string& file);
Profile parse_profile(std::string_view toml, const std::string& name, const std::string& file);

/// Every <dir>/<family>/<name>.toml (profiles/ apart), sorted by id; claim (id, variant) pairs are unique over all of them. Throws BadInput.
std::vector<Scenario> load_scenarios(const std::filesystem::path& dir);
Profile load_profile(const std::filesystem::path& dir, const std::string& name);

/// Scenarios whose id, or whose cases' keys, start with one of `prefixes` ("memory", "memory/access_order"); empty prefixes: all. A prefix that fits none is a BadInput with the nearest names.
std::vector<Scenario> select_scenarios(std::vector<Scenario> scenarios, const std::vector<std::string>& prefixes);

/// "4KiB" -> 4096; KiB, MiB, GiB or plain bytes. Throws BadInput.
std::uint64_t parse_size(std::string_view text);
std::string format_size(std::uint64_t bytes);   ///< 4096 -> "4 KiB"

/// Edit distance's winner among `known`, or empty when nothing is near.
std::string nearest(std::string_view word, const std::vector<std::string>& known);

}  // namespace unitcost
