#include "harness/store/run_folder.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <system_error>
#include <utility>

#include <fmt/format.h>
#include <boost/json/serialize.hpp>

#include "harness/base/digest.hpp"
#include "harness/base/error.hpp"
#include "harness/base/files.hpp"

namespace unitcost {
namespace fs = std::filesystem;

bool holds_run(const fs::path& folder) { return type_of(folder / "run.json") == fs::file_type::regular; }

bool is_folder(const fs::path& path) { return type_of(path) == fs::file_type::directory; }

void check_writable(const fs::path& results) {
  std::error_code failed;
  fs::create_directories(results, failed);
  const fs::path probe = results / fmt::format(".probe-{}", getpid());
  OwnedFd file(open(probe.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
  const int error = failed ? failed.value() : errno;
  if (failed || !file.is_open()) {
    throw Error(Exit::kFailed,
                fmt::format("{}: the results folder cannot be written: {}; choose another with --results DIR",
                            results.string(), std::strerror(error)));
  }
  file.reset();
  fs::remove(probe, failed);
}

std::optional<std::string> known_machine_key(const fs::path& results) {
  std::optional<std::string> key = read_file(results / ".machine-key");
  if (!key) return std::nullopt;
  while (!key->empty() && key->back() == '\n') key->pop_back();
  if (key->size() < 32)
    throw BadInput(
        fmt::format("{}: not a machine key; delete it and a new one is made", (results / ".machine-key").string()));
  return key;
}

std::string machine_key(const fs::path& results) {
  const fs::path path = results / ".machine-key";
  const std::string drawn = random_hex(32) + "\n";
  const OwnedFd file(open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
  if (file.is_open() && write(file.get(), drawn.data(), drawn.size()) != static_cast<ssize_t>(drawn.size())) {
    fs::remove(path);
    throw Error(Exit::kFailed, fmt::format("{}: the machine key could not be written", path.string()));
  }
  auto key = known_machine_key(results);
  if (!key) throw BadInput(fmt::format("{}: the machine key cannot be read; may you read it?", path.string()));
  return std::move(*key);
}

fs::path make_run_folder(const fs::path& results, const std::string& machine_id, const std::string& utc,
                         const std::string& what, const std::string& latest) {
  std::string stamp = utc;
  std::erase(stamp, '-');
  std::erase(stamp, ':');
  const fs::path machine = fs::absolute(results) / machine_id;
  std::error_code failed;
  fs::create_directories(machine, failed);
  fs::path folder;
  bool made = false;
  for (int attempt = 1; !made && !failed && attempt < 100; ++attempt) {
    folder =
        machine / (attempt == 1 ? fmt::format("{}-{}", stamp, what) : fmt::format("{}-{}-{}", stamp, what, attempt));
    made = fs::create_directory(folder, failed);
  }
  if (!made)
    throw Error(Exit::kFailed,
                fmt::format("{}: the run's folder cannot be made: {}", machine.string(), failed.message()));
  const fs::path link = fs::absolute(results) / latest;
  const fs::path beside = fs::absolute(results) / fmt::format(".{}.new", latest);
  fs::remove(beside, failed);
  fs::create_directory_symlink(fs::path(machine_id) / folder.filename(), beside, failed);
  if (!failed) fs::rename(beside, link, failed);
  return folder;
}

void store_record(const fs::path& folder, const RunRecord& record) {
  write_atomically(folder / "run.json", boost::json::serialize(to_json(record)) + '\n');
}

fs::path find_run(const fs::path& results, const std::string& name) {
  for (const fs::path& candidate : {fs::path(name), results / name}) {
    if (holds_run(candidate)) return fs::canonical(candidate);
  }
  std::error_code failed;
  for (const auto& machine : fs::directory_iterator(results, failed)) {
    if (holds_run(machine.path() / name)) return fs::canonical(machine.path() / name);
  }
  if (name == "latest") {
    throw BadInput(fmt::format("{}: no run here yet; `unitcost run` makes one", results.string()));
  }
  throw BadInput(
      fmt::format("'{}' is no run: neither a folder with run.json, nor one under {}", name, results.string()));
}

}  // namespace unitcost
