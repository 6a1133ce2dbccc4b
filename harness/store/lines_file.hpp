#pragma once
// A file of JSON lines while it is written: one line in one write(2), on the disk before the next thing is measured.
#include <filesystem>

#include <boost/json/value.hpp>

#include "harness/base/files.hpp"

namespace unitcost {

class LinesFile {
 public:
  /// Opens for appending and makes the file when there is none. Throws Error (exit 1).
  explicit LinesFile(std::filesystem::path path);

  /// Throws Error (exit 1) when the line could not be stored whole; what had been written of it is cut off again, so finished lines stay intact.
  void append(const boost::json::value& line);

 private:
  std::filesystem::path path_;
  OwnedFd file_;
};

/// Cuts a last line without a newline, which a power cut or kill -9 leaves. Returns the bytes cut.
std::uintmax_t cut_torn_line(const std::filesystem::path& path);

}  // namespace unitcost
