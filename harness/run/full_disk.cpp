#include "harness/run/full_disk.hpp"

#include <string>
#include <system_error>

#include <fmt/format.h>

#include "harness/base/error.hpp"
#include "harness/base/files.hpp"

namespace unitcost {
namespace {

constexpr std::size_t kProbeBytes = 64U << 10U;

}  // namespace

void refuse_full_disk(const std::filesystem::path& folder) {
  const std::filesystem::path probe = folder / "child.probe";
  try {
    write_atomically(probe, std::string(kProbeBytes, '.'));
  } catch (const Error& error) {
    throw Error(
        error.exit_status(),
        fmt::format("{}; the block before it failed and is not stored: --resume (of `unitcost honesty` the same "
                    "command) measures it again",
                    error.what()));
  }
  std::error_code ignored;
  std::filesystem::remove(probe, ignored);
}

}  // namespace unitcost
