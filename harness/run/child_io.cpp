#include "harness/run/child_io.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <system_error>

namespace unitcost {
namespace {
constexpr int kPipeBytes = 256 << 10;
}

void Tail::append(const char* data, std::size_t size) {
  kept_.append(data, size);
  if (kept_.size() > 2 * most_) kept_.erase(0, kept_.size() - most_);  // in halves, so that a flood costs linear time
}

std::string Tail::text() const { return kept_.size() > most_ ? kept_.substr(kept_.size() - most_) : kept_; }

Pipe::Pipe(std::size_t most_bytes) : tail_(most_bytes) {
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) throw std::system_error(errno, std::generic_category(), "pipe");
  read_ = OwnedFd(ends[0]);
  write_ = OwnedFd(ends[1]);
  fcntl(read_.get(), F_SETFL, O_NONBLOCK);
  fcntl(read_.get(), F_SETPIPE_SZ, kPipeBytes);  // refused to some users; then a child that floods us waits more often
}

void Pipe::drain() {
  std::array<char, 16384> chunk{};
  while (read_.is_open()) {
    const ssize_t count = read(read_.get(), chunk.data(), chunk.size());
    if (count > 0) {
      tail_.append(chunk.data(), static_cast<std::size_t>(count));
    } else if (count == 0) {
      read_.reset();
    } else if (errno != EINTR) {
      if (errno != EAGAIN) read_.reset();
      return;
    }
  }
}

std::string last_lines(const std::string& text, std::size_t most) {
  std::size_t end = text.size();
  while (end > 0 && (text[end - 1] == '\n' || text[end - 1] == ' ')) --end;
  if (end <= most) return text.substr(0, end);
  const std::size_t start = end - most;
  const std::size_t newline = text.find('\n', start);
  return newline == std::string::npos || newline >= end ? text.substr(start, most)
                                                        : text.substr(newline + 1, end - newline - 1);
}

}  // namespace unitcost
