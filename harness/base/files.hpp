#pragma once
// Files that are whole or not there.
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace unitcost {

/// An open file descriptor; moved, never copied.
class OwnedFd {
 public:
  OwnedFd() = default;
  explicit OwnedFd(int fd) : fd_(fd) {}
  OwnedFd(OwnedFd&& other) noexcept;
  OwnedFd& operator=(OwnedFd&& other) noexcept;
  OwnedFd(const OwnedFd&) = delete;
  OwnedFd& operator=(const OwnedFd&) = delete;
  ~OwnedFd() { reset(); }
  [[nodiscard]] int get() const { return fd_; }
  [[nodiscard]] bool is_open() const { return fd_ >= 0; }
  void reset() noexcept;

 private:
  int fd_ = -1;
};

/// What is at `path`, links followed; `not_found` also where a part of the way is no folder. Throws BadInput where that cannot be told: a folder
/// that may not be read, links in a circle.
std::filesystem::file_type type_of(const std::filesystem::path& path);

/// Whether something is at `path`. Throws BadInput as type_of does.
bool is_there(const std::filesystem::path& path);

/// The whole file, or nothing when it cannot be opened. Works for files of /proc and /sys, whose size is unknown.
std::optional<std::string> read_file(const std::filesystem::path& path);

/// Writes beside `path`, flushes to the disk and renames, so that a reader sees the old text or the new one. Files that a user names are
/// for write_output (output_file.hpp). Throws Error (exit 1) that says what failed; the old file is then untouched and nothing lies beside it.
/// `name`: what the message calls the file, where that is not its path.
void write_atomically(const std::filesystem::path& path, std::string_view text, const std::string& name = "");

/// All of it, however often write(2) must be called. False with errno.
bool write_all(int fd, std::string_view text);

/// A disk that is full, a quota, a size limit: what to do about `error` (errno) in a person's words, or an empty text.
std::string advice_for_write_error(int error);

/// Throws Error (exit 1): "x.csv: cannot be written: No space left on device; free some space".
[[noreturn]] void refuse_write(const std::string& name, const char* what, int error);

}  // namespace unitcost
