#include "harness/base/output_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <csignal>
#include <optional>
#include <string>
#include <system_error>

#include <fmt/format.h>

#include "harness/base/files.hpp"

namespace unitcost {
namespace {

namespace fs = std::filesystem;

constexpr int kMostLinks = 40;  // as many as Linux follows
constexpr const char* kNotWritten = "cannot be written";

/// A reader that leaves is an error to tell, and no reason to die.
class PipeErrors {
 public:
  PipeErrors() {
    struct sigaction ignore{};
    ignore.sa_handler = SIG_IGN;
    sigaction(SIGPIPE, &ignore, &before_);
  }
  PipeErrors(const PipeErrors&) = delete;
  PipeErrors& operator=(const PipeErrors&) = delete;
  ~PipeErrors() { sigaction(SIGPIPE, &before_, nullptr); }

 private:
  struct sigaction before_{};
};

/// What the links of a name lead to.
struct End {
  fs::path path;
  std::optional<int> descriptor;  ///< of this process
};

/// N where `link` is /proc/<this process>/fd/N.
std::optional<int> own_descriptor(const fs::path& link) {
  std::error_code failed;
  const fs::path folder = fs::canonical(link.parent_path().empty() ? "." : link.parent_path(), failed);
  if (failed || folder != fmt::format("/proc/{}/fd", getpid())) return std::nullopt;
  const std::string name = link.filename().string();
  int number = 0;
  const auto [rest, wrong] = std::from_chars(name.data(), name.data() + name.size(), number);
  return wrong == std::errc() && rest == name.data() + name.size() ? std::optional(number) : std::nullopt;
}

End follow(const fs::path& path) {
  End end{path, std::nullopt};
  std::error_code failed;
  for (int links = 0; fs::is_symlink(end.path, failed); ++links) {
    if (links == kMostLinks) refuse_write(path.string(), kNotWritten, ELOOP);
    end.descriptor = own_descriptor(end.path);
    if (end.descriptor) return end;
    const fs::path target = fs::read_symlink(end.path, failed);
    if (failed) refuse_write(path.string(), kNotWritten, failed.value());
    end.path = end.path.parent_path() / target;  // an absolute target takes the place of the whole
  }
  return end;
}

void write_through(const fs::path& path, const End& end, int flags, std::string_view text) {
  const PipeErrors told;
  // A second opening of the same regular file would write from its beginning, over what stands there.
  const OwnedFd file(end.descriptor ? fcntl(*end.descriptor, F_DUPFD_CLOEXEC, 0)
                                    : open(path.c_str(), O_WRONLY | O_APPEND | O_CLOEXEC | flags, 0644));
  if (!file.is_open() || !write_all(file.get(), text)) refuse_write(path.string(), kNotWritten, errno);
}

}  // namespace

void write_output(const fs::path& path, std::string_view text) {
  const End end = follow(path);
  std::error_code failed;
  const fs::file_status status = fs::status(path, failed);
  if (fs::is_directory(status)) refuse_write(path.string(), kNotWritten, EISDIR);
  const bool is_special = fs::exists(status) && !fs::is_regular_file(status);
  if (end.descriptor || is_special) write_through(path, end, 0, text);
  else write_atomically(end.path, text, path.string());
}

void append_output(const fs::path& path, std::string_view text) { write_through(path, follow(path), O_CREAT, text); }

}  // namespace unitcost
