// Lines come out as they stand in the file, however they lie in the buffer.
#include "harness/store/lines_in.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstddef>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include "tests/harness/complaint.hpp"

namespace unitcost {
namespace {

namespace fs = std::filesystem;

class LinesInTest : public testing::Test {
 protected:
  LinesInTest() { fs::create_directories(folder_); }
  ~LinesInTest() override { fs::remove_all(folder_); }
  LinesInTest(const LinesInTest&) = delete;
  LinesInTest& operator=(const LinesInTest&) = delete;

  fs::path file(const std::string& text) {
    std::ofstream(folder_ / "lines", std::ios::binary) << text;
    return folder_ / "lines";
  }

  fs::path folder_ = fs::temp_directory_path() / ("unitcost-lines-" + std::to_string(getpid()) + "-" +
                                                  testing::UnitTest::GetInstance()->current_test_info()->name());
};

std::string all_lines(LinesIn& lines) {
  std::string all;
  for (std::string_view some = lines.next(); !some.empty(); some = lines.next()) {
    EXPECT_EQ(some.back(), '\n');
    all += some;
  }
  EXPECT_EQ(lines.next(), "") << "still none";
  return all;
}

std::string lines_of(std::size_t count, std::size_t letters) {
  std::string text;
  for (std::size_t line = 0; line < count; ++line)
    text += std::to_string(line) + std::string(letters * (line % 3), 'x') + '\n';
  return text;
}

TEST_F(LinesInTest, ComeOutAsTheyStandInTheFileHoweverLong) {
  LinesIn lines;
  for (const std::string& text :
       {std::string(), std::string("\n"), std::string("a\n\nb\n"), lines_of(5000, 100), lines_of(10, 400000),
        lines_of(200000, 0), std::string(262143, 'x') + "\n", std::string(262144, 'x') + "\n" + lines_of(9, 9)}) {
    lines.open(file(text));
    EXPECT_EQ(all_lines(lines), text);
    EXPECT_FALSE(lines.has_torn_tail());
    lines.open(file(text + "torn"));
    EXPECT_EQ(all_lines(lines), text);
    EXPECT_TRUE(lines.has_torn_tail());
  }
}

TEST_F(LinesInTest, BeginAnewWithAFileThoughTheLastWasNotReadToItsEnd) {
  LinesIn lines;
  lines.open(file(lines_of(100000, 10)));
  EXPECT_NE(lines.next(), "");
  lines.open(file("a\nb"));
  EXPECT_EQ(all_lines(lines), "a\n");
  EXPECT_TRUE(lines.has_torn_tail());
  lines.open(folder_ / "none");
  EXPECT_EQ(all_lines(lines), "");
  EXPECT_FALSE(lines.has_torn_tail());
}

TEST_F(LinesInTest, AreRefusedWhereTheyCannotBeRead) {
  LinesIn lines;
  const auto said = testing_support::complaint_of([&] {
    lines.open(folder_);
    return lines.next();
  });
  EXPECT_EQ(said, folder_.string() + ": cannot be read; may you read it?");
}

}  // namespace
}  // namespace unitcost
