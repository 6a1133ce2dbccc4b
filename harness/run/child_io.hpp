#pragma once
// The pipes of one child: read without blocking, kept in bounded memory.
#include <cstddef>
#include <string>

#include "harness/base/files.hpp"

namespace unitcost {

/// Keeps the last `most` bytes of a stream.
class Tail {
 public:
  explicit Tail(std::size_t most) : most_(most) {}
  void append(const char* data, std::size_t size);
  [[nodiscard]] std::string text() const;

 private:
  std::size_t most_;
  std::string kept_;
};

/// One end stays here, the other goes to the child. Throws std::system_error when the system has no descriptors left.
class Pipe {
 public:
  explicit Pipe(std::size_t most_bytes);
  [[nodiscard]] int read_fd() const { return read_.get(); }  ///< -1 once it is at its end
  [[nodiscard]] int write_fd() const { return write_.get(); }
  void close_write() { write_.reset(); }
  void drain();  ///< reads what is there
  [[nodiscard]] std::string text() const { return tail_.text(); }

 private:
  OwnedFd read_;
  OwnedFd write_;
  Tail tail_;
};

/// At most `most` bytes: whole last lines where that is possible.
std::string last_lines(const std::string& text, std::size_t most);

}  // namespace unitcost
