// Machines that are not here: folders under tests/data/machines stand in for /proc and /sys.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json/serialize.hpp>

#include "harness/machine/cgroup.hpp"
#include "harness/machine/facts.hpp"
#include "harness/machine/guest.hpp"
#include "harness/machine/kernel_options.hpp"
#include "harness/machine/memory.hpp"
#include "harness/machine/noise.hpp"
#include "harness/machine/readings.hpp"

namespace unitcost {
namespace {

using testing::Contains;
using testing::Field;
using testing::HasSubstr;
using testing::Not;

FolderRoot machine(const std::string& name) {
  return FolderRoot(std::string(UNITCOST_TEST_DATA) + "/machines/" + name);
}

Topology flat(int cpus) {
  Topology topology;
  for (int id = 0; id < cpus; ++id) topology.cpus.push_back({id, id, 0});
  return topology;
}

std::string text(const Facts& facts, const std::string& name) { return fact_text(facts.at(name)); }

TEST(Machines, ALaptopIsReadFromProcAndSys) {
  const auto root = machine("laptop");
  const Facts facts = collect_facts(root, flat(2));
  EXPECT_EQ(text(facts, "cpu_model"), "Example Core 7");
  EXPECT_EQ(facts.at("memory_bytes").value, 16'000'000LL * 1024);
  EXPECT_EQ(text(facts, "governor"), "powersave");
  EXPECT_EQ(text(facts, "board"), "Example Maker Laptop 9");
  EXPECT_EQ(text(facts, "huge_pages"), "madvise");
  EXPECT_EQ(text(facts, "guest"), "none");
  EXPECT_EQ(text(facts, "emulated"), "no");
  EXPECT_EQ(
      boost::json::serialize(facts.at("caches").value),
      R"([{"level":1,"type":"data","bytes":49152,"shared_by":2},{"level":3,"type":"unified","bytes":12582912,"shared_by":6}])");
  EXPECT_EQ(boost::json::serialize(facts.at("mitigations").value), R"({"spectre_v2":"Mitigation: Retpolines"})");
  const Readings readings = ReadingSource(root).read({0, 1});
  EXPECT_EQ(readings.steal_ticks, 30.0);
  EXPECT_EQ(readings.irq_ticks, 22.0);
  EXPECT_EQ(readings.frequency_khz, 2'500'000.0);
  EXPECT_EQ(readings.throttle_count, 4.0);
  EXPECT_EQ(readings.pressure_cpu_us, 1234.0);
}

TEST(Machines, NothingThatNamesTheMachineOrItsUserIsAFact) {
  const auto root = machine("laptop");
  std::string all;
  for (const auto& [name, fact] : collect_facts(root, flat(2)))
    all += name + boost::json::serialize(fact.value) + fact.reason + "\n";
  for (const char* secret : {"SERIAL-4711", "0123456789abcdef0123456789abcdef", "root=UUID", "secret-host", "aa:bb:cc"})
    EXPECT_THAT(all, Not(HasSubstr(secret)));
  EXPECT_THAT(all, HasSubstr("mitigations=off"));
}

TEST(Machines, TheIdIsStableAndHidesWhatItIsMadeOf) {
  const auto root = machine("laptop");
  const std::string id = machine_id(root, "a key");
  EXPECT_EQ(id.size(), 12U);
  EXPECT_EQ(machine_id(root, "a key"), id);
  EXPECT_NE(machine_id(root, "another key"), id);
  EXPECT_NE(machine_id(machine("board"), "a key"), id);
  EXPECT_NE(boot_hash(root, "a key"), "");
  EXPECT_EQ(boot_hash(machine("bare"), "a key"), "");
}

TEST(Machines, ABoardWithoutDmiIsNamedByItsDeviceTree) {
  const Facts facts = collect_facts(machine("board"), flat(4));
  EXPECT_EQ(text(facts, "cpu_model"), "Arm implementer 0x41 part 0xd0b");
  EXPECT_EQ(text(facts, "board"), "Example Board Model 5");
  EXPECT_EQ(text(facts, "clock_source"), "arch_sys_counter");
}

TEST(Machines, AGuestIsKnownByItsSignatureItsBoardOrItsFlag) {
  EXPECT_EQ(find_guest(machine("kvm")).hypervisor, "KVM");
  EXPECT_FALSE(find_guest(machine("kvm")).emulated);
  EXPECT_EQ(find_guest(machine("cloud")).hypervisor, "Amazon EC2");
  EXPECT_EQ(find_guest(machine("flagged")).hypervisor, "a hypervisor");
  EXPECT_EQ(find_guest(machine("laptop")).hypervisor, "");
}

TEST(Machines, AnEmulatedOneIsToldApart) {
  EXPECT_TRUE(find_guest(machine("emulated")).emulated);
  EXPECT_THAT(find_guest(machine("emulated")).reason, HasSubstr("TCG"));
  EXPECT_TRUE(find_guest(machine("bare")).emulated);
  EXPECT_THAT(find_guest(machine("bare")).reason, HasSubstr("clock"));
}

TEST(Machines, ControlGroupsOfBothVersionsLimitMemoryAndTime) {
  const CgroupLimits second = read_cgroup_limits(machine("container"));
  EXPECT_EQ(second.memory_limit_bytes, 1073741824.0);         // the tighter of the group and the one above it
  EXPECT_EQ(second.memory_left_bytes, 1073741824.0 - 300e6);  // caches that can be dropped do not count
  EXPECT_EQ(second.cpus, 1.5);
  EXPECT_EQ(free_memory_bytes(machine("container")), static_cast<std::uint64_t>(1073741824.0 - 300e6));
  const CgroupLimits first = read_cgroup_limits(machine("kvm"));
  EXPECT_EQ(first.memory_limit_bytes, 2147483648.0);
  EXPECT_EQ(first.cpus, 2.0);
  EXPECT_EQ(ReadingSource(machine("kvm")).read({0}).cgroup_throttled_us, 7.0);
  // 500 of its own group, and 250 of the one above, which has a quota too.
  EXPECT_EQ(ReadingSource(machine("container")).read({0}).cgroup_throttled_us, 750.0);
  EXPECT_FALSE(read_cgroup_limits(machine("laptop")).memory_limit_bytes.has_value());
}

TEST(Machines, WhatIsMissingIsNullWithAReasonAndNeverZero) {
  const auto root = machine("bare");
  for (const auto& [name, fact] : collect_facts(root, flat(1))) {
    EXPECT_TRUE(!fact.value.is_null() || !fact.reason.empty()) << name;
  }
  const ReadingSource source(root);
  EXPECT_FALSE(source.read({0}).steal_ticks.has_value());
  const auto absent = source.absent({0});
  for (const char* name : {"steal_ticks", "pressure_cpu_us", "frequency_khz", "throttle_count", "cgroup_throttled_us"})
    EXPECT_TRUE(absent.contains(name)) << name;
  EXPECT_EQ(free_memory_bytes(root), 0U);
}

TEST(Machines, OnlyABalloonWithThatFeatureTellsTheHostWhatIsFree) {
  EXPECT_TRUE(reports_free_memory(machine("kvm")));
  EXPECT_FALSE(reports_free_memory(machine("cloud"))) << "a balloon, but without the feature";
  EXPECT_FALSE(reports_free_memory(machine("laptop"))) << "no balloon";
}

TEST(Doctor, NamesNoiseAndGapsEachWithAHint) {
  const auto root = machine("laptop");
  Facts facts = collect_facts(root, flat(2));
  facts["strace"] = {Fact::Kind::kSetUp, nullptr, "strace is not installed"};
  const auto noise = find_noise(root, flat(2), facts);
  EXPECT_THAT(noise, Contains(Field(&Finding::name, "governor")));
  EXPECT_THAT(noise, Contains(Field(&Finding::name, "load")));
  const auto gaps = find_gaps(root, flat(2), facts);
  EXPECT_THAT(gaps, Contains(Field(&Finding::state, "strace is not installed")));
  for (const auto& findings : {noise, gaps}) {
    for (const Finding& finding : findings) EXPECT_FALSE(finding.hint.empty()) << finding.name;
  }
}

TEST(KernelOptions, OnlyThoseOnTheListAndOnlyPlainOnes) {
  EXPECT_EQ(relevant_kernel_options("BOOT_IMAGE=/vmlinuz root=UUID=1 mitigations=off ip=10.0.0.1 isolcpus=1-3 nosmt"),
            "mitigations=off isolcpus=1-3 nosmt");
  EXPECT_EQ(relevant_kernel_options("idle=/home/user"), "");
}

}  // namespace
}  // namespace unitcost
