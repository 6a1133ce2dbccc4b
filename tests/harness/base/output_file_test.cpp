#include "harness/base/output_file.hpp"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstddef>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <thread>

#include "harness/base/error.hpp"
#include "harness/base/files.hpp"

namespace unitcost {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::Not;

class OutputFileTest : public testing::Test {
 protected:
  OutputFileTest() { fs::create_directories(folder_); }
  ~OutputFileTest() override { fs::remove_all(folder_); }
  void SetUp() override { std::ofstream(old_) << "old"; }
  [[nodiscard]] static std::string complaint(const fs::path& path, std::string_view text) {
    try {
      write_output(path, text);
    } catch (const Error& error) {
      EXPECT_EQ(error.exit_status(), Exit::kFailed);
      return error.what();
    }
    return "";
  }
  [[nodiscard]] std::ptrdiff_t files() const {
    return std::distance(fs::directory_iterator(folder_), fs::directory_iterator());
  }
  fs::path folder_ = fs::path(testing::TempDir()) / ("unitcost-output-" + std::to_string(getpid()));
  fs::path old_ = folder_ / "old";
};

TEST_F(OutputFileTest, ARegularFileIsReplacedAndKeepsItsMode) {
  fs::permissions(old_, fs::perms(0600));
  write_output(old_, "new");
  EXPECT_EQ(read_file(old_), "new");
  EXPECT_EQ(fs::status(old_).permissions(), fs::perms(0600));
  EXPECT_EQ(files(), 1);
}

TEST_F(OutputFileTest, ALinkIsFollowedAndStaysEvenWhereItsTargetIsMissing) {
  fs::create_symlink("old", folder_ / "near");
  fs::create_symlink(folder_ / "near", folder_ / "far");
  write_output(folder_ / "far", "new");
  EXPECT_EQ(read_file(old_), "new");
  fs::create_symlink("fresh", folder_ / "dangling");
  write_output(folder_ / "dangling", "new");
  EXPECT_EQ(read_file(folder_ / "fresh"), "new");
  for (const char* link : {"near", "far", "dangling"}) EXPECT_TRUE(fs::is_symlink(folder_ / link)) << link;
}

TEST_F(OutputFileTest, LinksInACircleAreAnErrorAndStay) {
  fs::create_symlink("circle", folder_ / "circle");
  EXPECT_THAT(complaint(folder_ / "circle", "new"), HasSubstr("circle: cannot be written"));
  EXPECT_TRUE(fs::is_symlink(folder_ / "circle"));
  EXPECT_EQ(files(), 2);
}

TEST_F(OutputFileTest, AFifoIsWrittenThrough) {
  const fs::path fifo = folder_ / "fifo";
  ASSERT_EQ(mkfifo(fifo.c_str(), 0600), 0);
  std::string read;
  std::thread reader([&] { read = read_file(fifo).value_or("nothing"); });
  const std::string text(1 << 20, 'x');  // more than the FIFO holds
  write_output(fifo, text);
  reader.join();
  EXPECT_EQ(read, text);
  EXPECT_TRUE(fs::is_fifo(fifo));
}

TEST_F(OutputFileTest, ATerminalIsWrittenThrough) {
  const OwnedFd master(posix_openpt(O_RDWR | O_NOCTTY));
  if (!master.is_open() || grantpt(master.get()) != 0 || unlockpt(master.get()) != 0)
    GTEST_SKIP() << "no pseudo-terminal here";
  std::array<char, 64> name{};
  ASSERT_EQ(ptsname_r(master.get(), name.data(), name.size()), 0);
  const OwnedFd open_end(open(name.data(), O_RDWR | O_NOCTTY));  // what was written is lost when the last end closes
  ASSERT_TRUE(open_end.is_open());
  write_output(name.data(), "text");
  std::array<char, 16> read{};
  EXPECT_EQ(::read(master.get(), read.data(), read.size()), 4);
  EXPECT_EQ(std::string(read.data()), "text");
  EXPECT_TRUE(fs::is_character_file(name.data()));
}

TEST_F(OutputFileTest, ADeviceBehindALinkStaysAndItsErrorIsTold) {
  fs::create_symlink("/dev/null", folder_ / "null");
  write_output(folder_ / "null", "new");
  EXPECT_TRUE(fs::is_symlink(folder_ / "null"));
  EXPECT_TRUE(fs::is_character_file("/dev/null"));
  if (!fs::exists("/dev/full")) GTEST_SKIP() << "no /dev/full here";
  fs::create_symlink("/dev/full", folder_ / "full");
  const std::string told = complaint(folder_ / "full", "new");
  EXPECT_THAT(told, HasSubstr((folder_ / "full").string() + ": cannot be written"));
  EXPECT_THAT(told, HasSubstr("free some space"));
  EXPECT_THAT(told, Not(HasSubstr("--res")));
}

TEST_F(OutputFileTest, AnOpenFileByItsNumberGoesOnWhereItIs) {
  const OwnedFd file(open(old_.c_str(), O_RDWR | O_TRUNC));
  ASSERT_TRUE(write_all(file.get(), "one "));
  write_output("/dev/fd/" + std::to_string(file.get()), "two ");
  ASSERT_TRUE(write_all(file.get(), "three"));
  EXPECT_EQ(read_file(old_), "one two three");
}

TEST_F(OutputFileTest, AReaderThatLeftIsAnErrorAndNoDeath) {
  std::array<int, 2> ends{};
  ASSERT_EQ(pipe(ends.data()), 0);
  close(ends[0]);
  const OwnedFd writing(ends[1]);
  EXPECT_THAT(complaint("/dev/fd/" + std::to_string(ends[1]), "text"), HasSubstr("Broken pipe"));
}

TEST_F(OutputFileTest, AFolderAndAMissingFolderAreNamed) {
  EXPECT_THAT(complaint(folder_, "text"), HasSubstr(folder_.string() + ": cannot be written: Is a directory"));
  EXPECT_THAT(complaint(folder_ / "no" / "x.csv", "text"), HasSubstr("no/x.csv: cannot be written: No such file"));
}

TEST_F(OutputFileTest, AFileThatMayNotGrowLeavesTheOldOneAndNothingBesideIt) {
  std::signal(SIGXFSZ, SIG_IGN);
  fs::create_symlink("old", folder_ / "link");
  rlimit before{};
  getrlimit(RLIMIT_FSIZE, &before);
  const rlimit tight{10, before.rlim_max};
  setrlimit(RLIMIT_FSIZE, &tight);
  const std::string told = complaint(folder_ / "link", "longer than ten bytes");
  setrlimit(RLIMIT_FSIZE, &before);
  EXPECT_THAT(told, HasSubstr((folder_ / "link").string() + ": cannot be written"));
  EXPECT_THAT(told, HasSubstr("ulimit -f"));
  EXPECT_THAT(told, Not(HasSubstr("--resume")));
  EXPECT_EQ(read_file(old_), "old");
  EXPECT_EQ(files(), 2);
}

TEST_F(OutputFileTest, AppendingKeepsWhatIsThereAndFollowsLinks) {
  fs::create_symlink("old", folder_ / "link");
  append_output(folder_ / "link", " and new");
  EXPECT_EQ(read_file(old_), "old and new");
  append_output(folder_ / "fresh", "new");
  EXPECT_EQ(read_file(folder_ / "fresh"), "new");
  EXPECT_THROW(append_output(folder_ / "no" / "x", "new"), Error);
}

TEST_F(OutputFileTest, WhetherSomethingIsThereIsSaidOrRefused) {
  EXPECT_TRUE(is_there(old_));
  EXPECT_FALSE(is_there(folder_ / "no" / "x"));
  EXPECT_FALSE(is_there(old_ / "x"));
  fs::create_symlink("circle", folder_ / "circle");
  EXPECT_THROW(is_there(folder_ / "circle" / "x"), BadInput);
}

}  // namespace
}  // namespace unitcost
