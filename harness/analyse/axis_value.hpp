#pragma once
// Values of axes: texts in case names that are often numbers, and sizes when the scenario says so.
#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "harness/store/run_record.hpp"

namespace unitcost {

/// The scenario of the run with that id, or null.
const Scenario* find_scenario(const RunRecord& run, const std::string& id);

/// The number that the text is as a whole, or nothing.
std::optional<std::uint64_t> axis_number(const std::string& text);

/// Whether an axis holds sizes in bytes.
bool is_size_axis(const Scenario* scenario, const std::string& axis);

/// "512 MiB", "4 threads", "short": a value beside its axis. Sizes say no axis; other numbers stand before it; words stand alone.
std::string axis_value_text(const Scenario* scenario, const std::string& axis, const std::string& value);

/// All of them with commas, or empty.
std::string axis_values_text(const Scenario* scenario, const std::map<std::string, std::string>& values);

}  // namespace unitcost
