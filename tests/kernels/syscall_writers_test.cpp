#include "benchmarks/kernels/syscall_writers.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/mman.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace unitcost::kernels {
namespace {

/// A file in memory that has a path, for the writers that open it themselves.
class MemoryFile {
 public:
  MemoryFile() : descriptor_(memfd_create("writers", MFD_CLOEXEC)) {}
  ~MemoryFile() { close(descriptor_); }
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;

  [[nodiscard]] int descriptor() const { return descriptor_; }
  [[nodiscard]] std::string path() const { return "/proc/self/fd/" + std::to_string(descriptor_); }
  [[nodiscard]] std::vector<std::byte> contents() const {
    std::vector<std::byte> bytes(static_cast<std::size_t>(lseek(descriptor_, 0, SEEK_END)));
    EXPECT_EQ(pread(descriptor_, bytes.data(), bytes.size(), 0), static_cast<ssize_t>(bytes.size()));
    return bytes;
  }

 private:
  int descriptor_;
};

std::vector<std::byte> text_of(std::size_t bytes) {
  std::vector<std::byte> text(bytes);
  fill_text(text);
  return text;
}

struct Way {
  const char* name;
  std::function<Written(const MemoryFile& file, Text text, std::size_t chunk_bytes)> write;
};

std::vector<Way> all_ways() {
  return {
      {"raw",
       [](const MemoryFile& file, Text text, std::size_t chunk) { return write_raw(file.descriptor(), text, chunk); }},
      {"stdio",
       [](const MemoryFile& file, Text text, std::size_t chunk) {
         const std::unique_ptr<std::FILE, int (*)(std::FILE*)> stream(std::fopen(file.path().c_str(), "we"),
                                                                      std::fclose);
         return write_stdio(stream.get(), text, chunk);
       }},
      {"own buffer",
       [](const MemoryFile& file, Text text, std::size_t chunk) {
         std::array<std::byte, 100> buffer;
         return write_own_buffer(file.descriptor(), text, chunk, buffer);
       }},
      {"open each", [](const MemoryFile& file, Text text,
                       std::size_t chunk) { return append_open_each(file.path().c_str(), text, chunk); }},
      {"append buffered", [](const MemoryFile& file, Text text,
                             std::size_t chunk) { return append_buffered(file.path().c_str(), text, chunk); }},
  };
}

TEST(Writers, LeaveTheSameBytesWhateverTheChunk) {
  for (const Way& way : all_ways()) {
    for (const std::size_t bytes : {0U, 1U, 99U, 100U, 101U, 4097U, 20'001U}) {
      const auto text = text_of(bytes);
      for (const std::size_t chunk : {1U, 3U, 99U, 100U, 101U, 4096U, 50'000U}) {
        const MemoryFile file;
        const Written written = way.write(file, text, chunk);
        EXPECT_EQ(written.error, 0) << way.name;
        EXPECT_EQ(written.bytes, bytes) << way.name << ", chunks of " << chunk;
        EXPECT_EQ(file.contents(), text) << way.name << ", " << bytes << " bytes in chunks of " << chunk;
      }
    }
  }
}

TEST(Writers, AppendToWhatIsThere) {
  const MemoryFile file;
  const auto text = text_of(10);
  append_open_each(file.path().c_str(), Text(text).first(4), 1);
  append_buffered(file.path().c_str(), Text(text).subspan(4), 1);
  EXPECT_EQ(file.contents(), text);
}

TEST(Writers, ReportTheErrorOfAFullDisk) {
  const int full = open("/dev/full", O_WRONLY | O_CLOEXEC);
  if (full < 0) GTEST_SKIP() << "no /dev/full here";
  const auto text = text_of(300);
  std::array<std::byte, 100> buffer;
  EXPECT_EQ(write_raw(full, text, 1).error, ENOSPC);
  EXPECT_EQ(write_own_buffer(full, text, 1, buffer).error, ENOSPC);
  EXPECT_EQ(write_own_buffer(full, text, 200, buffer).error, ENOSPC);
  close(full);
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> stream(std::fopen("/dev/full", "we"), std::fclose);
  EXPECT_EQ(write_stdio(stream.get(), text, 1).error, ENOSPC);
  EXPECT_EQ(append_open_each("/dev/full", text, 1).error, ENOSPC);
  EXPECT_EQ(append_buffered("/dev/full", text, 1).error, ENOSPC);
}

TEST(Writers, ReportAPathThatCannotBeOpened) {
  const auto text = text_of(3);
  EXPECT_EQ(append_open_each("/proc/self/no-such-folder/x", text, 1).error, ENOENT);
  EXPECT_EQ(append_buffered("/proc/self/no-such-folder/x", text, 1).error, ENOENT);
}

TEST(FillText, HasNoShortPeriod) {
  const auto text = text_of(8192);
  for (std::size_t period = 1; period <= 4096; ++period) {
    EXPECT_FALSE(std::equal(text.begin() + static_cast<std::ptrdiff_t>(period), text.end(), text.begin())) << period;
  }
}

}  // namespace
}  // namespace unitcost::kernels
