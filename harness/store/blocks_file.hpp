#pragma once
// blocks.jsonl while it is written.
#include <filesystem>
#include <utility>

#include "harness/store/block.hpp"
#include "harness/store/lines_file.hpp"

namespace unitcost {

class BlocksFile {
 public:
  /// As LinesFile.
  explicit BlocksFile(std::filesystem::path path) : lines_(std::move(path)) {}
  void append(const Block& block) { lines_.append(to_json(block)); }

 private:
  LinesFile lines_;
};

}  // namespace unitcost
