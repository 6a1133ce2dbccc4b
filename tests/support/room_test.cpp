#include "benchmarks/support/room.hpp"

#include <gtest/gtest.h>

#include <unistd.h>

#include <fstream>
#include <string>

#include "benchmarks/support/case.hpp"

namespace unitcost {
namespace {

class Machine {
 public:
  Machine() { std::filesystem::remove_all(root); }
  ~Machine() { std::filesystem::remove_all(root); }
  Machine(const Machine&) = delete;
  Machine& operator=(const Machine&) = delete;
  void write(const std::string& path, const std::string& text) const {
    std::filesystem::create_directories((root / path).parent_path());
    std::ofstream(root / path) << text;
  }
  std::filesystem::path root =
      std::filesystem::path(testing::TempDir()) / ("unitcost-room-" + std::to_string(getpid()));
};

TEST(Room, IsUnknownOnAMachineThatTellsNothing) {
  const Machine machine;
  EXPECT_FALSE(available_bytes(machine.root).has_value());
}

TEST(Room, IsWhatTheMachineHasAvailable) {
  const Machine machine;
  machine.write("proc/meminfo", "MemTotal:  4096 kB\nMemAvailable:   1024 kB\n");
  EXPECT_EQ(available_bytes(machine.root), 1024U * 1024U);
}

TEST(Room, IsLessWhereAParentOfTheControlGroupIsLimited) {
  const Machine machine;
  machine.write("proc/meminfo", "MemAvailable: 1024 kB\n");
  machine.write("proc/self/cgroup", "0::/a/b\n");
  machine.write("sys/fs/cgroup/a/b/memory.max", "max\n");
  machine.write("sys/fs/cgroup/a/b/memory.current", "10\n");
  machine.write("sys/fs/cgroup/a/memory.max", "5000\n");
  machine.write("sys/fs/cgroup/a/memory.current", "2000\n");
  EXPECT_EQ(available_bytes(machine.root), 3000U);
  machine.write("sys/fs/cgroup/a/memory.current", "6000\n");
  EXPECT_EQ(available_bytes(machine.root), 0U);
}

TEST(Room, MissingEndsARowWithoutANumber) {
  EXPECT_NO_THROW(need_memory(1));
  if (available_bytes()) {
    EXPECT_THROW(need_memory(std::uint64_t{1} << 62), CannotMeasure);
  }
}

}  // namespace
}  // namespace unitcost
