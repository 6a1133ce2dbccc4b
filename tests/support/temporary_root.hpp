#pragma once
// A folder that looks like a machine's root, or a part of it.
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>

#include <gtest/gtest.h>

namespace unitcost::testing_support {

class TemporaryRoot {
 public:
  TemporaryRoot() { std::filesystem::remove_all(root); }
  ~TemporaryRoot() { std::filesystem::remove_all(root); }
  TemporaryRoot(const TemporaryRoot&) = delete;
  TemporaryRoot& operator=(const TemporaryRoot&) = delete;

  void write(const std::filesystem::path& path, const std::string& text) const {
    std::filesystem::create_directories((root / path).parent_path());
    std::ofstream(root / path) << text;
  }

  std::filesystem::path root =
      std::filesystem::path(testing::TempDir()) / ("unitcost-root-" + std::to_string(getpid()));
};

}  // namespace unitcost::testing_support
