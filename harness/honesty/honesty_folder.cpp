#include "harness/honesty/honesty_folder.hpp"

#include <unistd.h>

#include <vector>

#include <fmt/format.h>
#include <boost/json/serialize.hpp>

#include "harness/base/digest.hpp"
#include "harness/base/error.hpp"
#include "harness/base/files.hpp"
#include "harness/base/json.hpp"
#include "harness/duel/duel_record.hpp"

namespace unitcost {
namespace {

namespace fs = std::filesystem;

std::optional<DuelRecord> record_in(const fs::path& folder) {
  const auto text = read_file(folder / "duel.json");
  if (!text) return std::nullopt;
  try {
    return duel_record_from_json(parse_json(*text, (folder / "duel.json").string()));
  } catch (const BadInput&) {
    return std::nullopt;  // of another schema: no duel of ours
  }
}

bool is_better(const BegunDuel& duel, const BegunDuel& than) {
  if (duel.complete != than.complete) return duel.complete;
  return duel.folder.filename() > than.folder.filename();  // begins with the time
}

}  // namespace

std::optional<HonestyState> load_state(const fs::path& folder) {
  const fs::path file = folder / "state.json";
  const auto text = read_file(file);
  if (!text) return std::nullopt;
  return honesty_state_from_json(parse_json(*text, file.string()), file.string());
}

void store_state(const fs::path& folder, const HonestyState& state) {
  std::error_code failed;
  fs::create_directories(folder, failed);
  write_atomically(folder / "state.json", boost::json::serialize(to_json(state)) + '\n');
}

std::map<std::uint64_t, BegunDuel> begun_duels(const fs::path& folder) {
  std::map<std::uint64_t, BegunDuel> begun;
  std::error_code failed;
  for (const auto& entry : fs::directory_iterator(folder, failed)) {
    const auto record = record_in(entry.path());
    if (!record) continue;
    const BegunDuel duel{entry.path(), record->status == "complete", record->wall_s};
    const auto [known, fresh] = begun.emplace(record->plan.seed, duel);
    if (!fresh && is_better(duel, known->second)) known->second = duel;
  }
  return begun;
}

std::map<std::string, std::string> load_reasons(const fs::path& folder) {
  const fs::path file = folder / "reasons.json";
  const auto text = read_file(file);
  std::map<std::string, std::string> reasons;
  if (!text) return reasons;
  const boost::json::value document = parse_json(*text, file.string());
  for (const auto& [key, reason] : JsonIn(document, file.string()).entries()) reasons[key] = reason.text();
  return reasons;
}

std::string programs_digest(const fs::path& programs) {
  std::map<std::string, std::string> digests;
  for (auto entry = fs::recursive_directory_iterator(programs); entry != fs::recursive_directory_iterator(); ++entry) {
    if (entry->path().filename() == "CMakeFiles" || entry->path().filename() == "__pycache__") {
      entry.disable_recursion_pending();
      continue;
    }
    const auto ending = entry->path().extension();
    const bool is_measured = ending == ".so" || ending == ".py" || access(entry->path().c_str(), X_OK) == 0;
    if (entry->is_regular_file() && is_measured)
      digests[fs::relative(entry->path(), programs).string()] = sha256_hex(read_file(entry->path()).value_or(""));
  }
  std::string all;
  for (const auto& [name, digest] : digests) all += fmt::format("{} {}\n", name, digest);
  return sha256_hex(all).substr(0, 12);
}

}  // namespace unitcost
