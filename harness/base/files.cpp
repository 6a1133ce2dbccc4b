#include "harness/base/files.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <cstdio>
#include <cstring>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "harness/base/error.hpp"

namespace unitcost {
namespace {

namespace fs = std::filesystem;

constexpr int kMostTries = 100;

/// A new file beside `path`; it is gone again unless it took the place of `path`.
class NewFile {
 public:
  explicit NewFile(const fs::path& path) {
    for (int number = 0; number < kMostTries && !file_.is_open(); ++number) {
      path_ = path.parent_path() / fmt::format(".unitcost-{}-{}.new", getpid(), number);
      file_ = OwnedFd(open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644));
      if (!file_.is_open() && errno != EEXIST) return;
    }
  }
  NewFile(const NewFile&) = delete;
  NewFile& operator=(const NewFile&) = delete;
  ~NewFile() {
    if (file_.is_open()) unlink(path_.c_str());
  }
  [[nodiscard]] int fd() const { return file_.get(); }
  [[nodiscard]] bool is_open() const { return file_.is_open(); }
  /// False with errno.
  bool replaces(const fs::path& path) {
    if (std::rename(path_.c_str(), path.c_str()) != 0) return false;
    file_.reset();
    return true;
  }

 private:
  fs::path path_;
  OwnedFd file_;
};

/// Who may read the old file may read the new one, and nobody else.
void keep_mode(const fs::path& old, int fd) {
  struct stat status{};
  if (stat(old.c_str(), &status) == 0 && S_ISREG(status.st_mode)) static_cast<void>(fchmod(fd, status.st_mode & 0777U));
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

fs::file_type type_of(const fs::path& path) {
  std::error_code failed;
  const fs::file_type type = fs::status(path, failed).type();
  if (type == fs::file_type::none)
    throw BadInput(fmt::format("{}: cannot be read: {}{}", path.string(), failed.message(),
                               failed == std::errc::permission_denied ? "; may you read its folder?" : ""));
  return type;
}

bool is_there(const fs::path& path) { return type_of(path) != fs::file_type::not_found; }

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

bool write_all(int fd, std::string_view text) {
  while (!text.empty()) {
    const ssize_t count = write(fd, text.data(), text.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0 && errno == EAGAIN) {  // a terminal or a pipe that somebody told not to block
      pollfd ready{fd, POLLOUT, 0};
      if (poll(&ready, 1, -1) >= 0 || errno == EINTR) continue;
    }
    if (count < 0) return false;
    text.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

void write_atomically(const fs::path& path, std::string_view text, const std::string& name) {
  const std::string called = name.empty() ? path.string() : name;
  NewFile file(path);
  if (!file.is_open()) refuse_write(called, "cannot be written", errno);
  keep_mode(path, file.fd());
  if (!write_all(file.fd(), text)) refuse_write(called, "cannot be written", errno);
  if (fsync(file.fd()) != 0) refuse_write(called, "cannot be flushed to the disk", errno);
  if (!file.replaces(path)) refuse_write(called, "cannot be replaced", errno);
  const OwnedFd folder(
      open(path.parent_path().empty() ? "." : path.parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (folder.is_open())
    fsync(folder.get());  // the rename itself; some file systems refuse this, and nothing is lost by that
}

std::string advice_for_write_error(int error) {
  if (error == ENOSPC || error == EDQUOT) return "; free some space";
  if (error == EFBIG) return "; raise the limit on file sizes (ulimit -f)";
  if (error == EROFS || error == EACCES || error == EPERM) return "; choose a place that you may write";
  return "";
}

void refuse_write(const std::string& name, const char* what, int error) {
  throw Error(Exit::kFailed,
              fmt::format("{}: {}: {}{}", name, what, std::strerror(error), advice_for_write_error(error)));
}

}  // namespace unitcost
