#pragma once
// A file that exists while a body runs, on a file system in memory: what is timed is the kernel's path, not a disk.
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace unitcost {

/// Folders where Linux systems usually mount a tmpfs, the one for shared memory first.
std::vector<std::string> usual_tmpfs_folders();

/// Owns one empty, uniquely named file and a descriptor for it; the file is removed with the object.
class ScratchFile {
 public:
  /// In the first of `folders` that is a writable tmpfs with `room_bytes` free. Throws CannotMeasure that says what was found instead.
  static ScratchFile on_tmpfs(std::uint64_t room_bytes,
                              const std::vector<std::string>& folders = usual_tmpfs_folders());
  ScratchFile(ScratchFile&& other) noexcept;
  ScratchFile& operator=(ScratchFile&&) = delete;
  ScratchFile(const ScratchFile&) = delete;
  ScratchFile& operator=(const ScratchFile&) = delete;
  ~ScratchFile();

  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] int descriptor() const { return descriptor_; }  ///< open for reading and writing

  /// Cuts the file to nothing and puts the descriptor's offset at its start. Throws std::system_error.
  void clear() const;

  /// Throws std::system_error.
  [[nodiscard]] std::uint64_t size_bytes() const;

  /// The file is exactly `expected`, byte by byte. One read(2) where the kernel gives all at once. Throws std::system_error.
  [[nodiscard]] bool holds(std::span<const std::byte> expected) const;

 private:
  ScratchFile(std::string path, int descriptor);
  std::string path_;
  int descriptor_ = -1;
};

}  // namespace unitcost
