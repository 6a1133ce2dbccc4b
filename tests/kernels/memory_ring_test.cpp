#include "benchmarks/kernels/memory_ring.hpp"

#include <gmock/gmock.h>

#include <set>
#include <stdexcept>
#include <utility>
#include <vector>

namespace unitcost::kernels {
namespace {

/// Memory for a ring, aligned to a line.
template <class Node>
class Room {
 public:
  explicit Room(std::size_t nodes) : lines_(nodes * sizeof(Node) / kLineBytes + 2) {}
  std::span<std::byte> bytes() { return std::as_writable_bytes(std::span(lines_)); }

 private:
  std::vector<Line> lines_;
};

constexpr auto kOrders = {Order::kSequential, Order::kReverse, Order::kRandom, Order::kLocal};
constexpr auto kCounts = {1U, 2U, 3U, 33U, 64U, 255U, 256U, 257U, 1001U, 65536U, 99991U};

/// Runs `check(ring, visits)` for every order and size.
template <class Node, class Check>
void for_every_ring(Check check) {
  for (const Order order : kOrders) {
    for (const std::uint32_t count : kCounts) {
      SCOPED_TRACE(testing::Message() << name_of(order) << ", " << count << " nodes");
      Room<Node> room(count);
      const auto visits = make_visits(count, order, 5);
      check(RingOf<Node>::link(room.bytes(), successors_of(visits)), visits);
    }
  }
}

template <class Node>
class RingOfEachNode : public testing::Test {};
using Nodes = testing::Types<Line, Link>;
TYPED_TEST_SUITE(RingOfEachNode, Nodes, );

TYPED_TEST(RingOfEachNode, VisitsEveryNodeOnceAndReturns) {
  for_every_ring<TypeParam>([](const RingOf<TypeParam>& ring, const std::vector<std::uint32_t>& visits) {
    EXPECT_EQ(ring.nodes().size(), visits.size());
    EXPECT_TRUE(ring.is_full_cycle());
    EXPECT_TRUE(ring.follows(visits));
    std::set<const TypeParam*> seen;
    const TypeParam* at = ring.start();
    for (std::size_t step = 0; step < visits.size(); ++step) {
      seen.insert(at);
      at = walk(at, 1);
    }
    EXPECT_EQ(at, ring.start());
    EXPECT_EQ(seen.size(), visits.size());
  });
}

TYPED_TEST(RingOfEachNode, WalkOfManyStepsIsThatManySingleSteps) {
  for_every_ring<TypeParam>([](const RingOf<TypeParam>& ring, const std::vector<std::uint32_t>& visits) {
    const TypeParam* one_by_one = ring.start();
    for (std::uint64_t steps = 0; steps < 70; ++steps) {
      EXPECT_EQ(walk(ring.start(), steps), one_by_one) << steps << " steps";
      one_by_one = one_by_one->next;
    }
    EXPECT_EQ(walk(ring.start(), 3 * visits.size()), ring.start());
  });
}

TYPED_TEST(RingOfEachNode, SumAddsEveryNodeOnceARoundFromWhereverItBegins) {
  for_every_ring<TypeParam>([](const RingOf<TypeParam>& ring, const std::vector<std::uint32_t>& visits) {
    const auto nodes = ring.nodes();
    const std::size_t count = visits.size();
    EXPECT_EQ(sum(nodes, visits, 0, 0), 0U);
    EXPECT_EQ(sum(nodes, visits, 0, 1), value_of(nodes[visits.front()]));
    EXPECT_EQ(sum(nodes, visits, 0, count), ring.total());
    EXPECT_EQ(sum(nodes, visits, count / 2, 2 * count), 2 * ring.total());
    EXPECT_EQ(sum(nodes, visits, count - 1, 1), value_of(nodes[visits.back()]));
  });
}

TYPED_TEST(RingOfEachNode, FollowsNoOtherVisits) {
  for (const std::uint32_t count : {3U, 1000U, 70000U}) {
    Room<TypeParam> room(count);
    auto visits = make_visits(count, Order::kRandom, 9);
    const auto ring = RingOf<TypeParam>::link(room.bytes(), successors_of(visits));
    std::swap(visits[0], visits[1]);
    EXPECT_FALSE(ring.follows(visits)) << count;
    std::swap(visits[0], visits[1]);
    EXPECT_FALSE(ring.follows(std::span(visits).first(count - 1))) << count;
    visits[0] = visits[1];
    EXPECT_FALSE(ring.follows(visits)) << count;
    visits[0] = count;
    EXPECT_FALSE(ring.follows(visits)) << count;
  }
}

TYPED_TEST(RingOfEachNode, DoesNotFollowVisitsThatGoRoundAPartOfIt) {
  Room<TypeParam> room(4);
  const std::vector<std::uint32_t> two_cycles{1, 0, 3, 2};
  const auto ring = RingOf<TypeParam>::link(room.bytes(), two_cycles);
  const std::vector<std::uint32_t> twice_the_first{0, 1, 0, 1};
  const std::vector<std::uint32_t> one_after_the_other{0, 1, 2, 3};
  EXPECT_FALSE(ring.follows(twice_the_first));
  EXPECT_FALSE(ring.follows(one_after_the_other));
}

TYPED_TEST(RingOfEachNode, OfTwoCyclesIsNotFull) {
  for (const std::uint32_t count : {4U, 1000U, 70000U}) {
    auto successor = make_cycle(count, Order::kRandom, 9);
    std::swap(successor[0], successor[count / 2]);  // splits one cycle in two
    Room<TypeParam> room(count);
    EXPECT_FALSE(RingOf<TypeParam>::link(room.bytes(), successor).is_full_cycle()) << count;
  }
}

TYPED_TEST(RingOfEachNode, ThatLeavesASmallCycleWithoutPostsIsNotFull) {
  constexpr std::uint32_t kCount = 70000;
  auto successor = make_cycle(kCount, Order::kSequential, 0);
  successor[1000] = 1003;  // 1001 and 1002 go round by themselves
  successor[1002] = 1001;
  Room<TypeParam> room(kCount);
  EXPECT_FALSE(RingOf<TypeParam>::link(room.bytes(), successor).is_full_cycle());
}

TYPED_TEST(RingOfEachNode, ThatRunsIntoItselfIsNotFull) {
  auto successor = make_cycle(5000, Order::kSequential, 0);
  successor[4999] = 17;
  Room<TypeParam> room(5000);
  EXPECT_FALSE(RingOf<TypeParam>::link(room.bytes(), successor).is_full_cycle());
}

TYPED_TEST(RingOfEachNode, RefusesWhatItCannotLink) {
  using Ring = RingOf<TypeParam>;
  Room<TypeParam> room(4);
  const std::vector<std::uint32_t> none;
  const auto cycle = make_cycle(4, Order::kRandom, 1);
  EXPECT_THROW(Ring::link(room.bytes(), none), std::invalid_argument);
  EXPECT_THROW(Ring::link(room.bytes().first(3 * sizeof(TypeParam)), cycle), std::invalid_argument);
  EXPECT_THROW(Ring::link(room.bytes().subspan(4), cycle), std::invalid_argument);
}

TYPED_TEST(RingOfEachNode, IsTheSameAfterItWasThrownOutOfTheCaches) {
  for_every_ring<TypeParam>([](const RingOf<TypeParam>& ring, const std::vector<std::uint32_t>& visits) {
    evict(std::as_bytes(ring.nodes()));
    EXPECT_TRUE(ring.follows(visits));
  });
}

TEST(Sum, OfNothingIsZero) {
  EXPECT_EQ(sum(std::span<const Line>{}, {}, 0, 0), 0U);
  EXPECT_EQ(sum(std::span<const Link>{}, {}, 0, 0), 0U);
  EXPECT_EQ(sum_straight({}), 0U);
}

TEST(SumStraight, AddsEveryLinkOnce) {
  for (const std::uint32_t count : {1U, 2U, 7U, 8U, 9U, 1023U, 1024U, 99991U}) {
    Room<Link> room(count);
    const auto ring = LinkRing::link(room.bytes(), make_cycle(count, Order::kRandom, 5));
    EXPECT_EQ(sum_straight(ring.nodes()), ring.total()) << count;
    EXPECT_EQ(sum_straight(ring.nodes().first(count / 2)) + sum_straight(ring.nodes().subspan(count / 2)),
              ring.total());
  }
}

}  // namespace
}  // namespace unitcost::kernels
