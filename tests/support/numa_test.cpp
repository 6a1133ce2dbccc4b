#include "benchmarks/support/numa.hpp"

#include <gmock/gmock.h>

#include <string>

#include "benchmarks/support/case.hpp"
#include "benchmarks/support/mapping.hpp"
#include "tests/support/temporary_root.hpp"

namespace unitcost {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class Machine : public testing_support::TemporaryRoot {
 public:
  void write(const std::string& path, const std::string& text) const {
    TemporaryRoot::write("sys/devices/system/node/" + path, text + "\n");
  }
};

/// Two sockets, a node of memory without CPUs, and a node without memory.
void write_four_nodes(const Machine& machine) {
  machine.write("online", "0-2,5");
  machine.write("has_memory", "0-2");
  machine.write("node0/cpulist", "0-3,8-11");
  machine.write("node0/distance", "10 21 17 30");
  machine.write("node1/cpulist", "4-7,12-15");
  machine.write("node1/distance", "21 10 28 30");
  machine.write("node2/cpulist", "");
  machine.write("node2/distance", "17 28 10 30");
  machine.write("node5/cpulist", "16");
  machine.write("node5/distance", "30 30 30 10");
}

TEST(Numbers, AreParsedAsTheKernelWritesThem) {
  EXPECT_THAT(*parse_numbers(""), IsEmpty());
  EXPECT_THAT(*parse_numbers("\n"), IsEmpty());
  EXPECT_THAT(*parse_numbers("0\n"), ElementsAre(0));
  EXPECT_THAT(*parse_numbers("0-2,5,7-8\n"), ElementsAre(0, 1, 2, 5, 7, 8));
}

TEST(Numbers, ThatAreNoListAreNothing) {
  for (const char* text :
       {"a", "1-", "-1", "3-1", "1,", ",1", "1,,2", "2,1", "1-3,3", "1 2", "99999999999", "0-99999999"}) {
    EXPECT_FALSE(parse_numbers(text).has_value()) << text;
  }
}

TEST(Nodes, AreNoneWhereTheKernelTellsNone) {
  const Machine machine;
  EXPECT_THAT(memory_nodes(machine.root), IsEmpty());
}

TEST(Nodes, AreReadWithTheirCpusMemoryAndDistances) {
  const Machine machine;
  write_four_nodes(machine);
  const auto nodes = memory_nodes(machine.root);
  ASSERT_EQ(nodes.size(), 4U);
  EXPECT_EQ(nodes[0].id, 0);
  EXPECT_THAT(nodes[0].cpus, ElementsAre(0, 1, 2, 3, 8, 9, 10, 11));
  EXPECT_THAT(nodes[0].distances, ElementsAre(10, 21, 17, 30));
  EXPECT_TRUE(nodes[0].has_memory);
  EXPECT_THAT(nodes[2].cpus, IsEmpty());
  EXPECT_TRUE(nodes[2].has_memory);
  EXPECT_EQ(nodes[3].id, 5);
  EXPECT_FALSE(nodes[3].has_memory);
}

TEST(Nodes, OfACpuAreItsOwnAndTheFarthestWithMemory) {
  const Machine machine;
  write_four_nodes(machine);
  const auto nodes = memory_nodes(machine.root);
  const NodePair of_first = local_and_remote(nodes, 9);
  EXPECT_EQ(of_first.local, 0);
  EXPECT_EQ(of_first.remote, 1);
  EXPECT_EQ(of_first.local_distance, 10);
  EXPECT_EQ(of_first.remote_distance, 21);
  const NodePair of_second = local_and_remote(nodes, 4);
  EXPECT_EQ(of_second.local, 1);
  EXPECT_EQ(of_second.remote, 2);
  EXPECT_EQ(of_second.remote_distance, 28);
}

TEST(Nodes, WithoutDistancesGiveTheFirstOther) {
  const Machine machine;
  machine.write("online", "0-2");
  machine.write("has_memory", "0-2");
  machine.write("node0/cpulist", "0");
  machine.write("node1/cpulist", "1");
  machine.write("node2/cpulist", "2");
  const NodePair pair = local_and_remote(memory_nodes(machine.root), 1);
  EXPECT_EQ(pair.local, 1);
  EXPECT_EQ(pair.remote, 0);
  EXPECT_EQ(pair.remote_distance, 0);
}

std::string refusal(const std::vector<MemoryNode>& nodes, int cpu) {
  try {
    local_and_remote(nodes, cpu);
  } catch (const CannotMeasure& reason) {
    return reason.what();
  }
  return "none";
}

TEST(Nodes, ThatHaveNoRemoteMemorySayWhy) {
  EXPECT_THAT(refusal({}, 0), testing::HasSubstr("no memory nodes"));
  EXPECT_THAT(refusal({{0, {0, 1}, {10}, true}}, 0), testing::HasSubstr("one memory node"));
  EXPECT_THAT(refusal({{0, {0}, {10, 20}, true}, {1, {1}, {20, 10}, false}}, 0), testing::HasSubstr("one memory node"));
  const std::vector<MemoryNode> two = {
      {0, {0}, {10, 20, 20}, true}, {1, {1}, {20, 10, 20}, true}, {2, {2}, {20, 20, 10}, false}};
  EXPECT_THAT(refusal(two, 2), testing::HasSubstr("own node has no memory"));
  EXPECT_THAT(refusal(two, 7), testing::HasSubstr("own node has no memory"));
}

TEST(Nodes, GiveMemoryWhereItIsAskedFor) {
  const auto nodes = memory_nodes();
  for (const MemoryNode& node : nodes) {
    if (!node.has_memory) continue;
    const Mapping memory = Mapping::anonymous(std::size_t{1} << 20, Pages::kBase);
    try {
      bind_to_node(memory.bytes(), node.id);
      memory.touch();
      EXPECT_EQ(share_on_node(memory.bytes(), node.id), 1.0);
      EXPECT_EQ(share_on_node(memory.bytes(), node.id + 1), 0.0);
    } catch (const CannotMeasure& reason) {
      GTEST_SKIP() << reason.what();  // a kernel without nodes, or a container that forbids the calls
    }
  }
  if (nodes.empty()) GTEST_SKIP() << "the kernel tells of no nodes";
}

TEST(Nodes, ThatAreNotThereAreRefused) {
  const Mapping memory = Mapping::anonymous(std::size_t{1} << 20, Pages::kBase);
  EXPECT_THROW(bind_to_node(memory.bytes(), 1000), CannotMeasure);
}

}  // namespace
}  // namespace unitcost
