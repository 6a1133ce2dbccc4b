#include "benchmarks/support/scratch_file.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <cstddef>
#include <filesystem>
#include <limits>
#include <optional>
#include <string>
#include <utility>

#include "benchmarks/support/case.hpp"

namespace unitcost {
namespace {

std::optional<ScratchFile> scratch() {
  try {
    return ScratchFile::on_tmpfs(4096);
  } catch (const CannotMeasure&) {
    return std::nullopt;
  }
}

constexpr std::array kText = {std::byte{'a'}, std::byte{'b'}, std::byte{'c'}};

void append(const ScratchFile& file, std::span<const std::byte> bytes) {
  ASSERT_EQ(write(file.descriptor(), bytes.data(), bytes.size()), static_cast<ssize_t>(bytes.size()));
}

TEST(ScratchFile, HoldsExactlyWhatWasWritten) {
  const auto file = scratch();
  if (!file) GTEST_SKIP() << "no tmpfs here";
  EXPECT_TRUE(file->holds({}));
  append(*file, kText);
  EXPECT_TRUE(file->holds(kText));
  EXPECT_EQ(file->size_bytes(), 3U);
  EXPECT_FALSE(file->holds({}));  // longer than expected
  EXPECT_FALSE(file->holds(std::array{kText[0], kText[1]}));
  EXPECT_FALSE(file->holds(std::array{kText[0], kText[1], kText[2], std::byte{'d'}}));  // shorter
  EXPECT_FALSE(file->holds(std::array{kText[0], kText[1], std::byte{'x'}}));            // other bytes
}

TEST(ScratchFile, StartsAnewWhenCleared) {
  const auto file = scratch();
  if (!file) GTEST_SKIP() << "no tmpfs here";
  append(*file, kText);
  file->clear();
  EXPECT_EQ(file->size_bytes(), 0U);
  append(*file, kText);
  EXPECT_TRUE(file->holds(kText));
}

TEST(ScratchFile, IsRemovedWithItsLastOwner) {
  auto file = scratch();
  if (!file) GTEST_SKIP() << "no tmpfs here";
  const std::string path = file->path();
  {
    const ScratchFile moved = std::move(*file);
    file.reset();
    EXPECT_TRUE(std::filesystem::exists(path));
  }
  EXPECT_FALSE(std::filesystem::exists(path));
}

TEST(ScratchFile, SaysWhatItFoundInsteadOfATmpfs) {
  try {
    ScratchFile::on_tmpfs(1, {"/proc", "/no/such/folder"});
    FAIL() << "/proc is no tmpfs";
  } catch (const CannotMeasure& why) {
    EXPECT_NE(std::string(why.what()).find("/proc: not a tmpfs"), std::string::npos) << why.what();
    EXPECT_NE(std::string(why.what()).find("/no/such/folder: No such file"), std::string::npos) << why.what();
  }
}

TEST(ScratchFile, RefusesATmpfsWithoutRoom) {
  const auto file = scratch();
  if (!file) GTEST_SKIP() << "no tmpfs here";
  const std::string folder = std::filesystem::path(file->path()).parent_path();
  if (std::filesystem::space(folder).capacity == 0) GTEST_SKIP() << "this tmpfs has no limit";
  EXPECT_THROW(ScratchFile::on_tmpfs(std::numeric_limits<std::uint64_t>::max(), {folder}), CannotMeasure);
}

}  // namespace
}  // namespace unitcost
