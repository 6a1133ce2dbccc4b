// Mappings, placement, CPU sets and teams: what the benchmark programs stand on.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdint>
#include <set>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "benchmarks/support/cpus.hpp"
#include "benchmarks/support/mapping.hpp"
#include "benchmarks/support/placement.hpp"
#include "benchmarks/support/team.hpp"
#include "tests/support/temporary_root.hpp"

namespace unitcost {
namespace {

TEST(Mapping, IsAlignedToAHugePageAndAtLeastAsLargeAsAsked) {
  const Mapping base = Mapping::anonymous(5000, Pages::kBase);
  EXPECT_EQ(base.bytes().size(), 8192U);
  EXPECT_EQ(reinterpret_cast<std::uintptr_t>(base.bytes().data()) % kHugePageBytes, 0U);
  const Mapping huge = Mapping::anonymous(kHugePageBytes + 1, Pages::kHuge);
  EXPECT_EQ(huge.bytes().size(), 2 * kHugePageBytes);
}

TEST(Mapping, OfBasePagesHasNoHugePage) {
  const Mapping base = Mapping::anonymous(4 * kHugePageBytes, Pages::kBase);
  base.touch();
  EXPECT_LE(base.huge_share(), 0.0);
}

TEST(Mapping, CanBeMovedAndStaysUsable) {
  Mapping first = Mapping::anonymous(1 << 16, Pages::kBase);
  first.bytes()[100] = std::byte{7};
  const Mapping second = std::move(first);
  EXPECT_EQ(second.bytes()[100], std::byte{7});
}

TEST(PlacedBuffer, MovesWithinAPageAndKeepsItsAlignment) {
  std::set<std::uintptr_t> offsets;
  for (std::uint64_t draw = 0; draw < 64; ++draw) {
    const PlacedBuffer buffer(1000, draw, 64);
    const auto address = reinterpret_cast<std::uintptr_t>(buffer.bytes().data());
    EXPECT_EQ(address % 64, 0U);
    offsets.insert(address % 4096);
    for (const std::byte b : buffer.bytes()) EXPECT_EQ(b, std::byte{0});
  }
  EXPECT_EQ(offsets.size(), 64U);
}

TEST(ShiftedStack, MovesLocalsByWhatWasAsked) {
  const auto address_at = [](std::size_t shift) {
    std::uintptr_t address = 0;
    with_shifted_stack(shift, [&] {
      volatile char local = 0;
      address = reinterpret_cast<std::uintptr_t>(&local);
    });
    return address;
  };
  EXPECT_GE(address_at(0), address_at(2048) + 1900);
}

TEST(Cpus, AreThoseOfTheMaskAndCanBePinnedTo) {
  const std::vector<int> cpus = allowed_cpus();
  ASSERT_FALSE(cpus.empty());
  run_team(1, {}, [&](int) {
    EXPECT_TRUE(pin_this_thread(cpus.back()));
    EXPECT_EQ(allowed_cpus(), std::vector<int>{cpus.back()});
    EXPECT_FALSE(pin_this_thread(60000));
  });
}

TEST(Cpus, AreTakenOneOfEveryCoreFirstAndTheCoreOfTheInterruptsLast) {
  const testing_support::TemporaryRoot machine;
  const auto siblings = [&](int cpu, const std::string& text) {
    machine.write("sys/devices/system/cpu/cpu" + std::to_string(cpu) + "/topology/thread_siblings_list", text + "\n");
  };
  for (const int cpu : {0, 1}) siblings(cpu, "0-1");
  for (const int cpu : {2, 3}) siblings(cpu, "2-3");
  siblings(4, "4");
  EXPECT_EQ(spread_over_cores({0, 1, 2, 3, 4}, machine.root), (std::vector<int>{2, 4, 0, 3, 1}));
  EXPECT_EQ(spread_over_cores({0, 1}, machine.root), (std::vector<int>{0, 1}));
  EXPECT_EQ(spread_over_cores({3, 7}, machine.root), (std::vector<int>{3, 7})) << "nothing is told of 7";
  std::vector<int> all = spread_cpus();
  std::ranges::sort(all);
  EXPECT_EQ(all, allowed_cpus());
}

TEST(Team, RunsEveryMemberOnceOnItsCpu) {
  const std::vector<int> cpus = allowed_cpus();
  std::array<std::atomic<int>, 5> runs{};
  const TeamTimes times = run_team(5, cpus, [&](int member) { runs[static_cast<std::size_t>(member)].fetch_add(1); });
  for (const auto& count : runs) EXPECT_EQ(count.load(), 1);
  ASSERT_EQ(times.cpus.size(), 5U);
  for (std::size_t i = 0; i < 5; ++i) {
    EXPECT_EQ(times.cpus[i], cpus[i % cpus.size()]);
    EXPECT_GE(times.wall_ns, times.member_ns[i]);
  }
}

TEST(Team, EndsItsThreadsWhenAMemberCannotBePinned) {
  std::atomic<int> runs{0};
  EXPECT_THROW(run_team(3, {60000}, [&](int) { runs.fetch_add(1); }), std::system_error);
  EXPECT_EQ(runs.load(), 0);
}

}  // namespace
}  // namespace unitcost
