#pragma once
// blocks.jsonl while it is written: one line a block, in one write(2), on the disk before the next block starts.
#include <filesystem>

#include "harness/base/files.hpp"
#include "harness/store/block.hpp"

namespace unitcost {

class BlocksFile {
 public:
  /// Opens for appending and makes the file when there is none. Throws Error (exit 1).
  explicit BlocksFile(std::filesystem::path path);

  /// Throws Error (exit 1) when the line could not be stored whole; what had been written of it is cut off again, so finished blocks stay intact.
  void append(const Block& block);

 private:
  std::filesystem::path path_;
  OwnedFd file_;
};

/// Cuts a last line without a newline, which a power cut or kill -9 leaves. Returns the bytes cut.
std::uintmax_t cut_torn_line(const std::filesystem::path& path);

}  // namespace unitcost
