#include "benchmarks/support/disk_file.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <filesystem>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "benchmarks/support/case.hpp"
#include "benchmarks/support/scratch_file.hpp"

namespace unitcost {
namespace {

constexpr std::uint64_t kBytes = 64 * std::uint64_t{4096};

/// A written file of 64 pages; nothing where the tests have no disk to write to.
std::optional<DiskFile> written_file() {
  try {
    DiskFile file = DiskFile::create(kBytes);
    const std::vector<std::byte> text(kBytes, std::byte{7});
    if (pwrite(file.descriptor(), text.data(), text.size(), 0) != static_cast<ssize_t>(kBytes)) return std::nullopt;
    file.sync();
    return file;
  } catch (const CannotMeasure&) {
    return std::nullopt;
  }
}

std::string refusal(std::uint64_t bytes, const std::vector<Folder>& folders) {
  try {
    DiskFile::create(bytes, folders);
  } catch (const CannotMeasure& why) {
    return why.what();
  }
  return "";
}

TEST(DiskFile, HasNoNameThatCouldBeLeftBehind) {
  const auto file = written_file();
  if (!file) GTEST_SKIP() << "no disk here";
  struct stat facts{};
  ASSERT_EQ(fstat(file->descriptor(), &facts), 0);
  EXPECT_EQ(facts.st_nlink, 0U);
  EXPECT_EQ(static_cast<std::uint64_t>(facts.st_size), kBytes);
}

TEST(DiskFile, LeavesTheCacheWhenAskedAndComesBackWhenRead) {
  const auto file = written_file();
  if (!file) GTEST_SKIP() << "no disk here";
  EXPECT_EQ(file->cached_pages(), 64U);
  try {
    file->evict();
  } catch (const CannotMeasure& why) {
    GTEST_SKIP() << why.what();
  }
  EXPECT_EQ(file->cached_pages(), 0U);
  EXPECT_EQ(file->cached_pages(), 0U) << "however it is counted";
  std::vector<std::byte> text(kBytes);
  ASSERT_EQ(pread(file->descriptor(), text.data(), text.size(), 0), static_cast<ssize_t>(kBytes));
  EXPECT_EQ(text, std::vector<std::byte>(kBytes, std::byte{7}));
  EXPECT_EQ(file->cached_pages(), 64U);
  EXPECT_EQ(file->cached_pages(), 64U) << "however it is counted";
}

TEST(DiskFile, IsEvictedThoughItWasMapped) {
  const auto file = written_file();
  if (!file) GTEST_SKIP() << "no disk here";
  for (std::size_t at = 0; at < kBytes; at += 4096) EXPECT_EQ(file->mapped()[at], std::byte{7});
  try {
    file->evict();
  } catch (const CannotMeasure& why) {
    GTEST_SKIP() << why.what();
  }
  EXPECT_EQ(file->cached_pages(), 0U);
}

TEST(DiskFile, ReadPastTheCacheHasTheSameContents) {
  auto file = written_file();
  if (!file) GTEST_SKIP() << "no disk here";
  try {
    file->evict();
    struct alignas(4096) Page {
      std::array<std::byte, 4096> bytes{};
    } page;
    const ssize_t got = pread(file->direct(), page.bytes.data(), page.bytes.size(), 4096);
    if (got < 0) GTEST_SKIP() << "opened with O_DIRECT and not read";
    ASSERT_EQ(got, 4096);
    EXPECT_EQ(page.bytes[4095], std::byte{7});
    EXPECT_EQ(file->direct(), file->direct()) << "one descriptor, opened once";
  } catch (const CannotMeasure& why) {
    GTEST_SKIP() << why.what();
  }
}

TEST(DiskFile, CanBeHandedOn) {
  auto file = written_file();
  if (!file) GTEST_SKIP() << "no disk here";
  const int descriptor = file->descriptor();
  const DiskFile moved = std::move(*file);
  file.reset();
  EXPECT_EQ(moved.descriptor(), descriptor);
  EXPECT_EQ(moved.mapped()[0], std::byte{7});
}

TEST(DiskFile, RefusesAFileSystemInMemory) {
  std::string tmpfs;
  try {
    tmpfs = std::filesystem::path(ScratchFile::on_tmpfs(4096).path()).parent_path();
  } catch (const CannotMeasure&) {
    GTEST_SKIP() << "no tmpfs here";
  }
  const std::string why = refusal(kBytes, {{"the first", tmpfs}, {"the second", "/no/such/folder"}});
  EXPECT_NE(why.find("the first: a file system in memory"), std::string::npos) << why;
  EXPECT_NE(why.find("the second: No such file"), std::string::npos) << why;
  EXPECT_EQ(why.find(tmpfs), std::string::npos) << "a path may tell who the user is";
}

TEST(DiskFile, TakesATenthOfTheFreeSpaceAtMost) {
  constexpr std::uint64_t kTooMuch = std::numeric_limits<std::uint64_t>::max() / 16;
  for (const Folder& folder : usual_disk_folders()) {
    const std::string why = refusal(kTooMuch, {folder});
    if (why.find("MiB wanted") != std::string::npos) return;  // the first that is on a disk
  }
  GTEST_SKIP() << "no disk here";
}

TEST(DiskFolders, AreTheOneThatWasChosenOrTheUsualInAStatedOrder) {
  unsetenv("UNITCOST_SCRATCH_DIR");
  EXPECT_EQ(usual_disk_folders().front().name, "the working directory");
  setenv("UNITCOST_SCRATCH_DIR", "/some/where", 1);
  const auto chosen = usual_disk_folders();
  unsetenv("UNITCOST_SCRATCH_DIR");
  ASSERT_EQ(chosen.size(), 1U);
  EXPECT_EQ(chosen.front().path, "/some/where");
}

}  // namespace
}  // namespace unitcost
