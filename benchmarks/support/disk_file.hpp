#pragma once
// A file on a file system that keeps its contents outside memory, and the part of it that the kernel holds in its page cache.
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "benchmarks/support/disk.hpp"

namespace unitcost {

/// A place to look at, under the name that a person gives it: paths may tell more than a report should.
struct Folder {
  std::string name;
  std::string path;
};

/// The folder in UNITCOST_SCRATCH_DIR alone, where that is set; else the working directory, $TMPDIR, /var/tmp, /tmp.
std::vector<Folder> usual_disk_folders();

/// Owns a file of a fixed size that has no name, or loses it at once: the kernel removes it when the process ends, however it ends. Also owns a mapping of it.
class DiskFile {
 public:
  /// In the first of `folders` that is writable, lies on no file system in memory and has ten times `bytes` free. Nothing is allocated yet: the
  /// file is a hole of `bytes`, which are a multiple of the page size. Throws CannotMeasure that says what was found instead, or that pages do not have 4 KiB, std::system_error.
  static DiskFile create(std::uint64_t bytes, const std::vector<Folder>& folders = usual_disk_folders());
  DiskFile(DiskFile&& other) noexcept;
  DiskFile& operator=(DiskFile&&) = delete;
  DiskFile(const DiskFile&) = delete;
  DiskFile& operator=(const DiskFile&) = delete;
  ~DiskFile();

  [[nodiscard]] int descriptor() const { return descriptor_; }  ///< through the page cache, for reading and writing
  [[nodiscard]] std::uint64_t size_bytes() const { return size_; }
  [[nodiscard]] const Disk& disk() const { return disk_; }

  /// The same file, past the page cache. Throws CannotMeasure where the file system has no O_DIRECT.
  [[nodiscard]] int direct();

  /// The file as memory, for reading. The pages fault again after forget_mapped().
  [[nodiscard]] std::span<const std::byte> mapped() const { return {mapped_, size_}; }
  void forget_mapped() const;  ///< throws std::system_error

  /// Writes back what is dirty. Throws CannotMeasure when the disk is full, std::system_error.
  void sync() const;

  /// Takes all of the file out of the page cache, by POSIX_FADV_DONTNEED, and looks whether it is gone. Throws CannotMeasure when it is not.
  void evict() const;

  /// Pages of the file in the page cache now, by cachestat() or mincore(). Throws std::system_error.
  [[nodiscard]] std::uint64_t cached_pages() const;

 private:
  DiskFile(int descriptor, std::uint64_t size);
  int descriptor_ = -1;
  int direct_ = -1;
  std::byte* mapped_ = nullptr;
  std::uint64_t size_ = 0;
  mutable bool cachestat_sees_pages_ = false;
  Disk disk_;
};

}  // namespace unitcost
