#include "benchmarks/support/disk_file.hpp"

#include <fcntl.h>
#include <linux/magic.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <optional>
#include <system_error>
#include <thread>
#include <utility>

#include <fmt/format.h>

#include "benchmarks/support/case.hpp"
#include "benchmarks/support/room.hpp"

namespace unitcost {
namespace {

constexpr std::uint64_t kPageBytes = 4096;
constexpr std::int64_t kZfs = 0x2fc12fc1;   // not in <linux/magic.h>
constexpr std::uint64_t kShareOfFree = 10;  // a file takes a tenth of the free space at most

[[noreturn]] void give_up(const char* what) { throw std::system_error(errno, std::generic_category(), what); }

bool is_in_memory(std::int64_t type) {
  constexpr std::array<std::int64_t, 3> kTypes{TMPFS_MAGIC, RAMFS_MAGIC, HUGETLBFS_MAGIC};
  return std::find(kTypes.begin(), kTypes.end(), type) != kTypes.end();
}

/// Why `folder` will not do; empty when it will.
std::string objection(const std::string& folder, std::uint64_t bytes) {
  struct statfs system{};
  if (statfs(folder.c_str(), &system) != 0) return std::strerror(errno);
  if (is_in_memory(static_cast<std::int64_t>(system.f_type))) return "a file system in memory";
  if (static_cast<std::int64_t>(system.f_type) == kZfs)
    return "ZFS, which keeps what it has read in a cache of its own that posix_fadvise() does not empty";
  const auto free_bytes = static_cast<std::uint64_t>(system.f_bavail) * static_cast<std::uint64_t>(system.f_bsize);
  if (free_bytes / kShareOfFree < bytes) {
    return fmt::format("{} MiB free, {} MiB wanted: the file is to take a tenth at most", free_bytes >> 20,
                       bytes * kShareOfFree >> 20);
  }
  return "";
}

/// A file without a name, or one that has just lost it; -1 and errno when there can be none.
int nameless_file(const std::string& folder) {
  const int descriptor = open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
  if (descriptor >= 0) return descriptor;
  std::string path = folder + "/unitcost-XXXXXX";  // a file system that knows no O_TMPFILE
  const int named = mkostemp(path.data(), O_CLOEXEC);
  if (named >= 0) unlink(path.c_str());
  return named;
}

/// By cachestat(), which Linux has since 6.5. Pages that are still being read count as well, unlike with mincore(). Nothing where
/// the kernel does not know the call or a filter refuses it.
std::optional<std::uint64_t> count_by_cachestat(int descriptor) {
#ifdef SYS_cachestat
  constexpr long kCachestat = SYS_cachestat;
#else
  constexpr long kCachestat =
      451;  // of all architectures that our programs run on; the headers of Debian 12 do not have it
#endif
  struct {
    std::uint64_t offset = 0;
    std::uint64_t length = 0;  // 0: to the end
  } range;
  struct {
    std::uint64_t cached = 0;
    std::array<std::uint64_t, 4> others{};  // dirty, being written, evicted, evicted lately
  } counts;
  if (syscall(kCachestat, descriptor, &range, &counts, 0) != 0) return std::nullopt;
  return counts.cached;
}

}  // namespace

std::vector<Folder> usual_disk_folders() {
  if (const char* chosen = std::getenv("UNITCOST_SCRATCH_DIR")) return {{"UNITCOST_SCRATCH_DIR", chosen}};
  std::vector<Folder> folders = {{"the working directory", "."}};
  if (const char* path = std::getenv("TMPDIR")) folders.push_back({"TMPDIR", path});
  folders.insert(folders.end(), {{"/var/tmp", "/var/tmp"}, {"/tmp", "/tmp"}});
  return folders;
}

DiskFile DiskFile::create(std::uint64_t bytes, const std::vector<Folder>& folders) {
  need_pages_of_4_kib();
  std::string objections;
  for (const Folder& folder : folders) {
    std::string why = objection(folder.path, bytes);
    if (why.empty()) {
      const int descriptor = nameless_file(folder.path);
      if (descriptor >= 0) return {descriptor, bytes};
      why = std::strerror(errno);
    }
    objections += fmt::format("{}{}: {}", objections.empty() ? "" : "; ", folder.name, why);
  }
  throw CannotMeasure(fmt::format("no place on a disk for a file of {} MiB ({})", bytes >> 20, objections));
}

DiskFile::DiskFile(int descriptor, std::uint64_t size)
    : descriptor_(descriptor), size_(size), disk_(disk_under(descriptor)) {
  // From here on a throw would leave the descriptor open: the destructor does not run for an object that was not finished.
  const bool is_sized = ftruncate(descriptor, static_cast<off_t>(size)) == 0;
  void* start = is_sized ? mmap(nullptr, size, PROT_READ, MAP_SHARED, descriptor, 0) : MAP_FAILED;
  if (start == MAP_FAILED) {
    const int error = errno;
    close(descriptor);
    throw std::system_error(error, std::generic_category(), is_sized ? "mmap of a file" : "ftruncate");
  }
  mapped_ = static_cast<std::byte*>(start);
}

DiskFile::DiskFile(DiskFile&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)),
      direct_(std::exchange(other.direct_, -1)),
      mapped_(std::exchange(other.mapped_, nullptr)),
      size_(other.size_),
      cachestat_sees_pages_(other.cachestat_sees_pages_),
      disk_(std::move(other.disk_)) {}

DiskFile::~DiskFile() {
  if (mapped_ != nullptr) munmap(mapped_, size_);
  if (direct_ >= 0) close(direct_);
  if (descriptor_ >= 0) close(descriptor_);
}

int DiskFile::direct() {
  if (direct_ >= 0) return direct_;
  // By way of /proc, because the file has no name by which it could be opened again.
  direct_ = open(fmt::format("/proc/self/fd/{}", descriptor_).c_str(), O_RDWR | O_DIRECT | O_CLOEXEC);
  if (direct_ < 0) {
    throw CannotMeasure(fmt::format("{} cannot be read past the page cache (O_DIRECT: {})",
                                    disk_.file_system.empty() ? "this file system" : disk_.file_system,
                                    std::strerror(errno)));
  }
  return direct_;
}

void DiskFile::forget_mapped() const {
  if (madvise(mapped_, size_, MADV_DONTNEED) != 0) give_up("madvise");
}

void DiskFile::sync() const {
  if (fsync(descriptor_) == 0) return;
  if (errno == ENOSPC || errno == EDQUOT) throw CannotMeasure("the disk is full");
  give_up("fsync");
}

void DiskFile::evict() const {
  constexpr int kTries = 200;
  constexpr std::chrono::milliseconds kWait{1};  // pages that are still being read ahead stay until they are there
  forget_mapped();                               // mapped pages stay as well
  std::uint64_t left = 0;
  for (int attempt = 0; attempt < kTries; ++attempt) {
    if (attempt > 0) std::this_thread::sleep_for(kWait);
    if (const int error = posix_fadvise(descriptor_, 0, 0, POSIX_FADV_DONTNEED); error != 0)
      throw CannotMeasure(fmt::format("the kernel does not evict a file: posix_fadvise: {}", std::strerror(error)));
    left = cached_pages();
    if (left == 0) return;
  }
  throw CannotMeasure(
      fmt::format("the kernel keeps {} of {} pages in its cache when asked to let them go", left, size_ / kPageBytes));
}

// mincore() asks for one page after the other: 0.4 ms for 16 MiB, where cachestat() takes a tenth. But of a file in an overlay the latter
// sees none, because the pages are those of another file below; so it is believed once both have seen the same pages.
std::uint64_t DiskFile::cached_pages() const {
  const auto by_cachestat = count_by_cachestat(descriptor_);
  if (cachestat_sees_pages_ && by_cachestat) return *by_cachestat;
  std::vector<unsigned char> pages(size_ / kPageBytes);
  if (mincore(mapped_, size_, pages.data()) != 0) give_up("mincore");
  const auto by_mincore = static_cast<std::uint64_t>(
      std::count_if(pages.begin(), pages.end(), [](unsigned char page) { return (page & 1U) != 0; }));
  cachestat_sees_pages_ = by_mincore > 0 && by_cachestat == by_mincore;
  return by_mincore;
}

}  // namespace unitcost
