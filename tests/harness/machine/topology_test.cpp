#include "harness/machine/topology.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace unitcost {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

/// Two packages of two cores of two threads: CPU n and n + 4 share a core, as many machines number them.
Topology big() {
  Topology topology;
  for (int id = 0; id < 8; ++id) topology.cpus.push_back({id, id % 4, (id % 4) / 2});
  return topology;
}

Topology flat(int cpus) {
  Topology topology;
  for (int id = 0; id < cpus; ++id) topology.cpus.push_back({id, id, 0});
  return topology;
}

TEST(ChooseCpus, OneIsNotCpuZeroAndNotTheBusiest) {
  EXPECT_THAT(choose_cpus(flat(2), {}, "one").cpus, ElementsAre(1));
  EXPECT_THAT(choose_cpus(flat(4), {{0, 5.0}, {1, 900.0}, {2, 7.0}}, "one").cpus, ElementsAre(2));
  EXPECT_THAT(choose_cpus(flat(1), {{0, 5.0}}, "one").cpus, ElementsAre(0));
}

TEST(ChooseCpus, PairsAreByCoreNotByNumber) {
  EXPECT_THAT(choose_cpus(big(), {}, "pair-same-core").cpus, ElementsAre(1, 5));
  EXPECT_THAT(choose_cpus(big(), {}, "pair-cross-core").cpus, ElementsAre(1, 0));
}

TEST(ChooseCpus, WhatIsNotThereHasAReason) {
  EXPECT_THAT(choose_cpus(flat(2), {}, "pair-same-core").reason, HasSubstr("two hardware threads"));
  EXPECT_THAT(choose_cpus(flat(1), {}, "pair-cross-core").reason, HasSubstr("two cores"));
  EXPECT_THAT(choose_cpus(flat(2), {}, "3").reason, HasSubstr("3 CPUs are needed, 2"));
  EXPECT_THAT(choose_cpus(flat(2), {}, "0").cpus, IsEmpty());
  EXPECT_THAT(choose_cpus(flat(2), {}, "some").cpus, IsEmpty());
}

TEST(ChooseCpus, ANumberTakesOtherCoresFirst) {
  EXPECT_THAT(choose_cpus(big(), {}, "4").cpus, ElementsAre(1, 0, 2, 3));
  EXPECT_EQ(choose_cpus(big(), {}, "all").cpus.size(), 8U);
}

TEST(WaitingCpu, IsOnAnotherCoreWhereThereIsOne) {
  EXPECT_EQ(waiting_cpu(big(), {0}), 1);
  EXPECT_EQ(waiting_cpu(big(), {1, 0, 2, 3}), 4);  // only siblings are left
  EXPECT_EQ(waiting_cpu(flat(2), {1}), 0);
  EXPECT_EQ(waiting_cpu(flat(1), {0}), 0);
}

TEST(ReadTopology, HasTheCpusOfThisProcess) {
  const Topology topology = read_topology();
  ASSERT_FALSE(topology.cpus.empty());
  EXPECT_GE(topology.threads_per_core(), 1);
}

}  // namespace
}  // namespace unitcost
