#include "benchmarks/support/scratch_file.hpp"

#include <fcntl.h>
#include <linux/magic.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "benchmarks/support/case.hpp"

namespace unitcost {
namespace {

[[noreturn]] void give_up(const char* what) { throw std::system_error(errno, std::generic_category(), what); }

/// Why `folder` will not do; empty when it will.
std::string objection(const std::string& folder, std::uint64_t room_bytes) {
  struct statfs system{};
  if (statfs(folder.c_str(), &system) != 0) return std::strerror(errno);
  if (system.f_type != TMPFS_MAGIC) return "not a tmpfs";
  const auto free_bytes = static_cast<std::uint64_t>(system.f_bavail) * static_cast<std::uint64_t>(system.f_bsize);
  const bool has_limit = system.f_blocks != 0;  // a tmpfs mounted without a limit reports zero blocks
  if (has_limit && free_bytes < room_bytes) return fmt::format("{} bytes free, {} wanted", free_bytes, room_bytes);
  return "";
}

}  // namespace

std::vector<std::string> usual_tmpfs_folders() {
  std::vector<std::string> folders = {"/dev/shm", "/run/shm"};
  for (const char* name : {"XDG_RUNTIME_DIR", "TMPDIR"}) {
    if (const char* value = std::getenv(name)) folders.emplace_back(value);
  }
  folders.insert(folders.end(), {"/tmp", "/run"});
  return folders;
}

ScratchFile ScratchFile::on_tmpfs(std::uint64_t room_bytes, const std::vector<std::string>& folders) {
  std::string objections;
  for (const std::string& folder : folders) {
    std::string why = objection(folder, room_bytes);
    if (why.empty()) {
      std::string path = folder + "/unitcost-XXXXXX";
      const int descriptor = mkostemp(path.data(), O_CLOEXEC);
      if (descriptor >= 0) return {std::move(path), descriptor};
      why = std::strerror(errno);
    }
    objections += fmt::format("{}{}: {}", objections.empty() ? "" : "; ", folder, why);
  }
  throw CannotMeasure(fmt::format("no tmpfs to write to ({})", objections));
}

ScratchFile::ScratchFile(std::string path, int descriptor) : path_(std::move(path)), descriptor_(descriptor) {}

ScratchFile::ScratchFile(ScratchFile&& other) noexcept
    : path_(std::move(other.path_)), descriptor_(std::exchange(other.descriptor_, -1)) {}

ScratchFile::~ScratchFile() {
  if (descriptor_ < 0) return;
  close(descriptor_);
  unlink(path_.c_str());
}

void ScratchFile::clear() const {
  if (ftruncate(descriptor_, 0) != 0) give_up("ftruncate");
  if (lseek(descriptor_, 0, SEEK_SET) != 0) give_up("lseek");
}

std::uint64_t ScratchFile::size_bytes() const {
  struct stat facts{};
  if (fstat(descriptor_, &facts) != 0) give_up("fstat");
  return static_cast<std::uint64_t>(facts.st_size);
}

bool ScratchFile::holds(std::span<const std::byte> expected) const {
  std::vector<std::byte> found(expected.size() + 1);  // one more than expected: a longer file is seen by the same read
  std::size_t size = 0;
  while (size <= expected.size()) {
    const ssize_t got = pread(descriptor_, found.data() + size, found.size() - size, static_cast<off_t>(size));
    if (got < 0) give_up("pread");
    size += static_cast<std::size_t>(got);
    if (got == 0 || size == expected.size()) break;
  }
  return size == expected.size() && std::equal(expected.begin(), expected.end(), found.begin());
}

}  // namespace unitcost
