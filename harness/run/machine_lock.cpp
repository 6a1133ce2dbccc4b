#include "harness/run/machine_lock.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>

#include <fmt/format.h>

#include "harness/base/digest.hpp"
#include "harness/base/error.hpp"

namespace unitcost {
namespace {

/// An existing file is opened without O_CREAT: the kernel refuses O_CREAT on a file of somebody else in a folder for all.
int open_shared(const std::filesystem::path& path) {
  const int fd = open(path.c_str(), O_RDWR | O_CLOEXEC | O_NOFOLLOW);
  if (fd >= 0 || errno != ENOENT) return fd;
  const int made = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666);
  if (made >= 0) fchmod(made, 0666);
  return made;
}

}  // namespace

std::filesystem::path lock_folder() {
  const char* chosen = std::getenv("UNITCOST_LOCK_DIR");
  return chosen != nullptr ? chosen : "/tmp";
}

MachineLock::MachineLock(const std::filesystem::path& folder, const std::string& boot, const std::string& utc) {
  const auto path = folder / fmt::format("unitcost-{}.lock", sha256_hex("boot\n" + boot).substr(0, 12));
  file_ = OwnedFd(open_shared(path));
  if (!file_.is_open()) {
    throw BadInput(fmt::format("{}: the lock that keeps two runs apart cannot be opened: {}", path.string(),
                               std::strerror(errno)));
  }
  if (flock(file_.get(), LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK) {
      throw BadInput(fmt::format("{}: the file system keeps no lock here, so two runs could not be kept apart: {}",
                                 path.string(), std::strerror(errno)));
    }
    std::string holder = read_file(path).value_or("");
    while (!holder.empty() && holder.back() == '\n') holder.pop_back();
    throw BadInput(fmt::format(
        "another run measures on this machine: {}; two runs would disturb each other, so wait for it to end",
        holder.empty() ? "it does not say which" : holder));
  }
  const std::string holder = fmt::format("process {}, since {}\n", getpid(), utc);
  if (ftruncate(file_.get(), 0) != 0 || pwrite(file_.get(), holder.data(), holder.size(), 0) < 0) {
    // The lock holds all the same; only the message of a second run says less.
  }
}

}  // namespace unitcost
