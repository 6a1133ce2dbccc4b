#include "benchmarks/support/room.hpp"

#include <gtest/gtest.h>

#include <cstdint>

#include "benchmarks/support/case.hpp"
#include "tests/support/temporary_root.hpp"

namespace unitcost {
namespace {

using Machine = testing_support::TemporaryRoot;

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

TEST(Room, CountsPagesOfFilesThatCanBeDropped) {
  const Machine machine;
  machine.write("proc/self/cgroup", "0::/a\n");
  machine.write("sys/fs/cgroup/a/memory.max", "5000\n");
  machine.write("sys/fs/cgroup/a/memory.current", "4900\n");
  machine.write("sys/fs/cgroup/a/memory.stat", "anon 900\nfile 4000\ninactive_file 3000\nactive_file 1000\n");
  EXPECT_EQ(available_bytes(machine.root), 3100U);
}

TEST(Room, IsKnownUnderVersion1AsWell) {
  const Machine machine;
  machine.write("proc/self/cgroup", "9:cpu,cpuacct:/x\n7:memory:/a\n0::/\n");
  machine.write("sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n");
  machine.write("sys/fs/cgroup/memory/memory.usage_in_bytes", "1000\n");
  machine.write("sys/fs/cgroup/memory/a/memory.limit_in_bytes", "5000\n");
  machine.write("sys/fs/cgroup/memory/a/memory.usage_in_bytes", "2000\n");
  machine.write("sys/fs/cgroup/memory/a/memory.stat", "cache 700\ninactive_file 100\ntotal_inactive_file 500\n");
  EXPECT_EQ(available_bytes(machine.root), 3500U);
}

TEST(Room, MissingEndsARowWithoutANumber) {
  EXPECT_NO_THROW(need_memory(1));
  if (available_bytes()) {
    EXPECT_THROW(need_memory(std::uint64_t{1} << 62), CannotMeasure);
  }
}

}  // namespace
}  // namespace unitcost
