#include "harness/duel/scratch.hpp"

#include <system_error>
#include <vector>

#include <fmt/format.h>

#include "harness/base/digest.hpp"
#include "harness/base/files.hpp"

namespace unitcost {
namespace {

namespace fs = std::filesystem;

constexpr const char* kFolder = ".relinked";
constexpr const char* kBoot = "boot";

fs::path folder_in(const fs::path& results) { return fs::absolute(results) / kFolder; }

std::string text_of(const BootOfMachine& boot) { return fmt::format("{}\n{}\n", boot.machine_id, boot.boot); }

/// Made on this machine, but not since it was started.
bool is_of_earlier_boot(const fs::path& scratch, const BootOfMachine& now) {
  const auto text = read_file(scratch / kBoot);
  return text && text->starts_with(now.machine_id + "\n") && *text != text_of(now);
}

}  // namespace

fs::path scratch_of(const DuelWishes& wishes) {
  std::string what = wishes.relink;
  for (const fs::path& place : {wishes.a, wishes.b})
    what += "\n" + (place.empty() ? "" : fs::canonical(place).string());
  return folder_in(wishes.results) / sha256_hex(what).substr(0, 12);
}

void begin_scratch(const fs::path& scratch, const BootOfMachine& now) {
  fs::create_directories(scratch);
  write_atomically(scratch / kBoot, text_of(now));
}

void remove_abandoned_scratch(const fs::path& results, const BootOfMachine& now) {
  std::error_code ignored;
  std::vector<fs::path> abandoned;
  for (const auto& entry : fs::directory_iterator(folder_in(results), ignored)) {
    if (is_of_earlier_boot(entry.path(), now)) abandoned.push_back(entry.path());
  }
  for (const fs::path& scratch : abandoned) fs::remove_all(scratch, ignored);
}

}  // namespace unitcost
