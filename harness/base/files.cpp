#include "harness/base/files.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <cstdio>
#include <cstring>
#include <utility>

#include <fmt/format.h>

#include "harness/base/error.hpp"

namespace unitcost {
namespace {

[[noreturn]] void refuse(const std::filesystem::path& path, std::string_view what) {
  const int error = errno;
  throw Error(Exit::kFailed,
              fmt::format("{}: {}: {}{}", path.string(), what, std::strerror(error), advice_for_write_error(error)));
}

}  // namespace

OwnedFd::OwnedFd(OwnedFd&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}

OwnedFd& OwnedFd::operator=(OwnedFd&& other) noexcept {
  if (this != &other) {
    reset();
    fd_ = std::exchange(other.fd_, -1);
  }
  return *this;
}

void OwnedFd::reset() noexcept {
  if (fd_ >= 0) close(std::exchange(fd_, -1));
}

std::optional<std::string> read_file(const std::filesystem::path& path) {
  constexpr std::size_t kChunkBytes = 16384;
  const OwnedFd file(open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file.is_open()) return std::nullopt;
  struct stat status{};
  const bool has_size = fstat(file.get(), &status) == 0 && S_ISREG(status.st_mode) && status.st_size > 0;
  // One byte more than it says, so that the end shows without another turn; files of /proc say 0.
  std::string text(has_size ? static_cast<std::size_t>(status.st_size) + 1 : kChunkBytes, '\0');
  std::size_t used = 0;
  for (;;) {
    if (used == text.size()) text.resize(2 * text.size());
    const ssize_t count = read(file.get(), text.data() + used, text.size() - used);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return std::nullopt;
    if (count == 0) break;
    used += static_cast<std::size_t>(count);
  }
  text.resize(used);
  if (!has_size) text.shrink_to_fit();
  return text;
}

void write_atomically(const std::filesystem::path& path, std::string_view text) {
  std::filesystem::path beside = path;
  beside += ".new";
  OwnedFd file(open(beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644));
  if (!file.is_open()) refuse(beside, "cannot be opened for writing");
  while (!text.empty()) {
    const ssize_t count = write(file.get(), text.data(), text.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) refuse(beside, "cannot be written");
    text.remove_prefix(static_cast<std::size_t>(count));
  }
  if (fsync(file.get()) != 0) refuse(beside, "cannot be flushed to the disk");
  file.reset();
  if (std::rename(beside.c_str(), path.c_str()) != 0) refuse(path, "cannot be replaced");
  const OwnedFd folder(
      open(path.parent_path().empty() ? "." : path.parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (folder.is_open())
    fsync(folder.get());  // the rename itself; some file systems refuse this, and nothing is lost by that
}

std::string advice_for_write_error(int error) {
  if (error == ENOSPC || error == EDQUOT) return "; free some space and go on with --resume";
  if (error == EFBIG) return "; raise the limit on file sizes (ulimit -f) and go on with --resume";
  if (error == EROFS || error == EACCES || error == EPERM)
    return "; choose a folder that you may write with --results DIR";
  return "";
}

}  // namespace unitcost
