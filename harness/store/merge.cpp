#include "harness/store/merge.hpp"

#include <unistd.h>

#include <algorithm>
#include <map>
#include <optional>
#include <system_error>

#include <fmt/format.h>

#include "harness/base/error.hpp"
#include "harness/base/files.hpp"
#include "harness/store/load.hpp"
#include "harness/store/run_folder.hpp"

namespace unitcost {
namespace fs = std::filesystem;
namespace {

/// What tells runs apart, and enough to see whether one continues another.
struct KnownRun {
  fs::path folder;
  std::string id;
  std::string machine_id;
  std::string label;
  std::string boot;
  std::string started_utc;
  std::string commit;
  std::uint64_t seed = 0;
};

std::string commit_of(const RunRecord& record) {
  const auto found = record.build.find("commit");
  return found != record.build.end() && found->second.value.is_string() ? std::string(found->second.value.get_string())
                                                                        : "";
}

KnownRun know(const fs::path& folder) {
  const LoadedRun run = load_run(folder, Keep::kEvidence);
  const RunRecord& record = run.record;
  return {run.folder,        run.id,          record.machine_id, record.label, record.boot, record.started_utc,
          commit_of(record), record.plan.seed};
}

/// The runs that lie in <into>/<machine>/, in the order of their names.
std::vector<KnownRun> runs_in(const fs::path& into) {
  std::vector<fs::path> folders;
  std::error_code failed;
  for (const auto& machine : fs::directory_iterator(into, failed)) {
    if (machine.is_symlink() || !machine.is_directory()) continue;
    for (const auto& run : fs::directory_iterator(machine.path(), failed)) {
      const bool is_half = run.path().filename().string().starts_with(".merging-");
      if (!run.is_symlink() && !is_half && holds_run(run.path())) folders.push_back(run.path());
    }
    if (failed) throw BadInput(fmt::format("{}: cannot be read: {}", machine.path().string(), failed.message()));
  }
  std::ranges::sort(folders);
  std::vector<KnownRun> known;
  for (const fs::path& folder : folders) known.push_back(know(folder));
  return known;
}

bool is_same_start(const KnownRun& a, const KnownRun& b) {
  return a.machine_id == b.machine_id && a.boot == b.boot && a.started_utc == b.started_utc && a.seed == b.seed;
}

/// Whether the blocks of `longer` begin with all whole lines of `shorter`.
bool continues(const fs::path& longer, const fs::path& shorter) {
  const std::string text = read_file(longer / "blocks.jsonl").value_or("");
  std::string begin = read_file(shorter / "blocks.jsonl").value_or("");
  const std::size_t newline = begin.rfind('\n');
  begin.resize(newline == std::string::npos ? 0 : newline + 1);
  return text.size() >= begin.size() && text.starts_with(begin);
}

/// A name may become a folder when it names none by another way.
void refuse_odd_name(const KnownRun& run) {
  const auto is_plain = [](const std::string& name) {
    return !name.empty() && name.front() != '.' && std::ranges::all_of(name, [](char letter) {
      return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') || (letter >= '0' && letter <= '9') ||
             letter == '-' || letter == '_' || letter == '.';
    });
  };
  if (is_plain(run.machine_id) && is_plain(run.folder.filename().string())) return;
  throw BadInput(fmt::format("{}: the machine id or the folder's name has letters that no run of unitcost has",
                             run.folder.string()));
}

[[noreturn]] void refuse(const fs::path& path, const std::error_code& failed) {
  throw Error(Exit::kFailed,
              fmt::format("merge: {}: {}{}", path.string(), failed.message(), advice_for_write_error(failed.value())));
}

void copy_files(const fs::path& from, const fs::path& to) {
  std::error_code failed;
  for (const auto& entry : fs::directory_iterator(from, failed)) {
    if (entry.is_symlink() || !entry.is_regular_file()) continue;
    fs::copy_file(entry.path(), to / entry.path().filename(), failed);
    if (failed) refuse(to / entry.path().filename(), failed);
  }
  if (failed) refuse(from, failed);
}

/// A copy beside the place where it will be.
fs::path half_copy(const KnownRun& run, const fs::path& machine) {
  std::error_code failed;
  fs::create_directories(machine, failed);
  if (failed) refuse(machine, failed);
  fs::path half = machine / fmt::format(".merging-{}", getpid());
  fs::remove_all(half, failed);
  fs::create_directory(half, failed);
  if (failed) refuse(half, failed);
  copy_files(run.folder, half);
  if (fs::is_directory(fs::symlink_status(run.folder / "logs", failed))) {
    fs::create_directory(half / "logs", failed);
    copy_files(run.folder / "logs", half / "logs");
  }
  return half;
}

fs::path free_name(const fs::path& machine, const std::string& name) {
  fs::path place = machine / name;
  for (int number = 2; fs::exists(fs::symlink_status(place)); ++number)
    place = machine / fmt::format("{}-{}", name, number);
  return place;
}

fs::path copy_run(const KnownRun& run, const fs::path& into) {
  const fs::path machine = into / run.machine_id;
  const fs::path half = half_copy(run, machine);
  fs::path place = free_name(machine, run.folder.filename().string());
  std::error_code failed;
  fs::rename(half, place, failed);
  if (failed) refuse(place, failed);
  return place;
}

/// Puts a later stage of a run where an earlier one is. The earlier one is moved away first and deleted last.
void replace_run(const KnownRun& run, const fs::path& place) {
  const fs::path half = half_copy(run, place.parent_path());
  const fs::path old = place.parent_path() / fmt::format(".merging-{}-old", getpid());
  std::error_code failed;
  fs::rename(place, old, failed);
  if (!failed) fs::rename(half, place, failed);
  if (failed) refuse(place, failed);
  fs::remove_all(old, failed);
}

MergedRun merge_run(const KnownRun& run, const fs::path& into, std::vector<KnownRun>& there) {
  const auto same = std::ranges::find(there, run.id, &KnownRun::id);
  if (same != there.end()) return {MergedRun::What::kThere, run.folder, same->folder};
  const auto stage = std::ranges::find_if(there, [&](const KnownRun& known) { return is_same_start(known, run); });
  if (stage == there.end()) {
    refuse_odd_name(run);
    KnownRun copied = run;
    copied.folder = copy_run(run, into);
    there.push_back(copied);
    return {MergedRun::What::kCopied, run.folder, copied.folder};
  }
  if (continues(stage->folder, run.folder)) return {MergedRun::What::kOlder, run.folder, stage->folder};
  if (!continues(run.folder, stage->folder)) return {MergedRun::What::kConflict, run.folder, stage->folder};
  const fs::path place = stage->folder;
  replace_run(run, place);
  *stage = run;
  stage->folder = place;
  return {MergedRun::What::kAdvanced, run.folder, place};
}

void count_machines(const std::vector<KnownRun>& there, Merged& merged) {
  std::map<std::string, MergedMachine> machines;
  std::string newest_utc;
  for (const KnownRun& run : there) {
    MergedMachine& machine = machines[run.machine_id];
    machine.machine_id = run.machine_id;
    if (!run.label.empty()) machine.label = run.label;
    ++machine.runs;
    if (run.started_utc >= machine.newest_utc) {
      machine.newest_utc = run.started_utc;
      machine.newest_commit = run.commit;
    }
    if (run.started_utc >= newest_utc) {
      newest_utc = run.started_utc;
      merged.newest_commit = run.commit;
    }
  }
  for (const auto& [name, machine] : machines) {
    merged.machines.push_back(machine);
    const std::string& id = machine.machine_id;
    const bool has_newest = std::ranges::any_of(
        there, [&](const KnownRun& run) { return run.machine_id == id && run.commit == merged.newest_commit; });
    if (!has_newest) merged.missing.push_back(id);
  }
}

}  // namespace

Merged merge_runs(const std::vector<fs::path>& runs, const fs::path& into) {
  std::vector<KnownRun> known;
  for (const fs::path& run : runs) known.push_back(know(run));  // all are read before the first is copied
  std::error_code failed;
  fs::create_directories(into, failed);
  if (failed)
    throw Error(Exit::kFailed, fmt::format("merge: {}: cannot be made: {}; choose another folder with --into DIR",
                                           into.string(), failed.message()));
  std::vector<KnownRun> there = runs_in(fs::canonical(into));
  Merged merged;
  for (const KnownRun& run : known) merged.runs.push_back(merge_run(run, fs::canonical(into), there));
  count_machines(there, merged);
  return merged;
}

}  // namespace unitcost
