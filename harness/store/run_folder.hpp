#pragma once
// Where a run lies: results/<machine>/<utc>-<commit>/ with results/latest pointing at the newest.
#include <filesystem>
#include <optional>
#include <string>

#include "harness/store/run_record.hpp"

namespace unitcost {

/// Makes `results` when it is missing and tries a file in it. Throws Error (exit 1): it is said before anything is measured.
void check_writable(const std::filesystem::path& results);

/// The key that hashes what identifies this machine: <results>/.machine-key, made on first use, readable by its owner alone.
std::string machine_key(const std::filesystem::path& results);

/// The same without making one; nothing where there is none that can be read.
std::optional<std::string> known_machine_key(const std::filesystem::path& results);

/// A new, empty folder `<utc>-<what>`; a number is added when two start in one second. `utc` as Clock::utc gives it; `what` is a run's commit. Points
/// results/<latest> at it.
std::filesystem::path make_run_folder(const std::filesystem::path& results, const std::string& machine_id,
                                      const std::string& utc, const std::string& what,
                                      const std::string& latest = "latest");

/// run.json, atomically and flushed.
void store_record(const std::filesystem::path& folder, const RunRecord& record);

/// Whether `folder` holds a run.json. Throws BadInput when that cannot be told, as of a folder that may not be entered: what is not known to be
/// no run must not be passed over as if it were none.
bool holds_run(const std::filesystem::path& folder);
/// Whether it is a folder, be it through a link; throws alike.
bool is_folder(const std::filesystem::path& path);

/// What a user may call a run: a folder, or a path under `results` ("latest", "<machine>/<run>", or the run's folder name alone). Throws BadInput.
std::filesystem::path find_run(const std::filesystem::path& results, const std::string& name);

}  // namespace unitcost
