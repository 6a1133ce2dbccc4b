#include "harness/compare/sources.hpp"

#include <algorithm>
#include <atomic>
#include <exception>
#include <map>
#include <set>
#include <system_error>
#include <thread>
#include <utility>

#include <fmt/format.h>

#include "harness/base/error.hpp"
#include "harness/base/files.hpp"
#include "harness/base/nearest.hpp"
#include "harness/compare/foreign.hpp"
#include "harness/compare/run_session.hpp"
#include "harness/store/load.hpp"
#include "harness/store/run_folder.hpp"

namespace unitcost {
namespace fs = std::filesystem;
namespace {

constexpr std::uintmax_t kLargestFileBytes = 256U << 20U;
constexpr std::size_t kMostHands = 16;  // each holds a run of some ten megabytes

/// What lies in a folder, sorted, without symbolic links and what is hidden (a half-finished copy).
std::vector<fs::path> entries_of(const fs::path& folder) {
  std::vector<fs::path> entries;
  std::error_code failed;
  for (const auto& entry : fs::directory_iterator(folder, failed)) {
    const bool is_hidden = entry.path().filename().string().starts_with('.');
    if (!is_hidden && !entry.is_symlink(failed)) entries.push_back(entry.path());
  }
  if (failed) throw BadInput(fmt::format("{}: cannot be read: {}", folder.string(), failed.message()));
  std::ranges::sort(entries);
  return entries;
}

void add_runs(const fs::path& folder, int levels, std::vector<fs::path>& runs) {
  for (const fs::path& entry : entries_of(folder)) {
    if (!is_folder(entry)) continue;
    if (holds_run(entry)) runs.push_back(entry);
    else if (levels > 1) add_runs(entry, levels - 1, runs);
  }
}

std::vector<fs::path> sessions_in(const fs::path& folder) {
  std::vector<fs::path> found;
  add_runs(folder, 2, found);
  if (!found.empty()) return found;
  std::error_code failed;
  for (const fs::path& entry : entries_of(folder)) {
    if (entry.extension() == ".json" && fs::is_regular_file(entry, failed)) found.push_back(entry);
  }
  if (found.empty()) {
    throw BadInput(fmt::format("{}: holds neither a run (a folder with run.json) nor a JSON file", folder.string()));
  }
  return found;
}

std::string text_of_file(const fs::path& path) {
  std::error_code failed;
  if (!fs::is_regular_file(path, failed)) throw BadInput(fmt::format("{}: is no regular file", path.string()));
  if (fs::file_size(path, failed) > kLargestFileBytes) {
    throw BadInput(
        fmt::format("{}: is larger than {} MiB, so it is no result file", path.string(), kLargestFileBytes >> 20U));
  }
  auto text = read_file(path);
  if (!text) throw BadInput(fmt::format("{}: cannot be read; may you read it?", path.string()));
  return std::move(*text);
}

Session session_at(const fs::path& path, RunLoader& loader, const std::vector<std::string>& counters, Claims claims) {
  std::error_code failed;
  if (fs::is_directory(path, failed)) return read_session(path, loader, counters, claims);
  return foreign_session(text_of_file(path), path.string(), path.filename().string(), counters);
}

/// In the order of `paths`; of several that cannot be read the first is told. Each thread holds the text of one run at a time, so that a thousand runs
/// need the memory of a few.
std::vector<Session> read_sessions(const std::vector<fs::path>& paths, const std::vector<std::string>& counters,
                                   Claims claims) {
  std::vector<Session> sessions(paths.size());
  std::vector<std::exception_ptr> failures(paths.size());
  std::atomic<std::size_t> next{0};
  std::atomic<bool> has_failed{false};
  const auto work = [&] {
    RunLoader loader;
    // Whoever has drawn a number reads it: so all before one that fails are read, and none behind it matters.
    while (!has_failed) {
      const std::size_t at = next++;
      if (at >= paths.size()) return;
      try {
        sessions[at] = session_at(paths[at], loader, counters, claims);
      } catch (...) {
        failures[at] = std::current_exception();
        has_failed = true;
      }
    }
  };
  const std::size_t hands =
      std::min<std::size_t>({paths.size(), std::max(1U, std::thread::hardware_concurrency()), kMostHands});
  std::vector<std::jthread> threads;
  for (std::size_t i = 1; i < hands; ++i) threads.emplace_back(work);
  work();
  threads.clear();  // waits
  for (const std::exception_ptr& failure : failures) {
    if (failure) std::rethrow_exception(failure);
  }
  return sessions;
}

void refuse_twice(const Side& side) {
  std::map<std::string, const Session*> by_id;
  for (const Session& session : side.sessions) {
    const auto [at, is_new] = by_id.emplace(session.id, &session);
    if (!is_new) {
      throw BadInput(fmt::format("{}: {} and {} hold the same measurement ({}); it counts once, so name it once",
                                 side.name, at->second->name, session.name, session.id));
    }
  }
}

}  // namespace

std::vector<fs::path> find_sessions(const std::string& path, const fs::path& results) {
  std::error_code failed;
  const fs::file_status status = fs::status(path, failed);
  if (fs::is_directory(status)) {
    return holds_run(path) ? std::vector<fs::path>{fs::canonical(path)} : sessions_in(path);
  }
  if (fs::exists(status)) return {path};
  return {find_run(results, path)};
}

Side read_side(const std::string& name, const std::vector<std::string>& paths, const fs::path& results,
               const std::vector<std::string>& counters, Claims claims) {
  std::vector<fs::path> found;
  for (const std::string& path : paths) {
    for (fs::path& session : find_sessions(path, results)) found.push_back(std::move(session));
  }
  Side side{name, read_sessions(found, counters, claims)};
  refuse_twice(side);
  std::ranges::stable_sort(side.sessions, {}, [](const Session& session) { return session.started_utc; });
  return side;
}

void refuse_unknown_counters(const std::vector<const Side*>& sides, const std::vector<std::string>& counters) {
  std::set<std::string> known;
  for (const Side* side : sides) {
    for (const Session& session : side->sessions) known.insert(session.counters.begin(), session.counters.end());
  }
  for (const std::string& counter : counters) {
    if (known.contains(counter)) continue;
    throw BadInput(fmt::format("--counter {}: no case of either side has it{}", counter,
                               did_you_mean_or_known(counter, {known.begin(), known.end()})));
  }
}

void refuse_shared_sessions(const Side& a, const Side& b) {
  for (const Session& session : b.sessions) {
    const auto same = std::ranges::find(a.sessions, session.id, &Session::id);
    if (same == a.sessions.end()) continue;
    throw BadInput(fmt::format("{} of {} and {} of {} are the same measurement ({}): it cannot be compared with itself",
                               same->name, a.name, session.name, b.name, session.id));
  }
}

}  // namespace unitcost
