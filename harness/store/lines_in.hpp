#pragma once
// A file of JSON lines while it is read: some lines at a time, in one buffer that is filled again and again. What is hashed and read at once
// still lies in the cache, and memory that was never touched costs more than the lines in it.
#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

#include "harness/base/files.hpp"

namespace unitcost {

class LinesIn {
 public:
  /// Begins with another file; one that is not there has no lines. Throws BadInput.
  void open(const std::filesystem::path& file);
  /// The lines that come next, each with its newline; none when there are no more. Good until the next call. Throws BadInput.
  std::string_view next();
  /// After the last line: whether letters without a newline stand behind it.
  [[nodiscard]] bool has_torn_tail() const { return used_ > given_; }

 private:
  [[noreturn]] void refuse() const;

  std::filesystem::path path_;
  OwnedFd file_;
  std::string buffer_;
  std::size_t used_ = 0;   // of the buffer
  std::size_t given_ = 0;  // of these: what the last call gave
};

}  // namespace unitcost
