#include "benchmarks/kernels/memory_chains.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "benchmarks/kernels/memory_jump_ring.hpp"

namespace unitcost::kernels {
namespace {

/// A ring with its memory.
class Ground {
 public:
  explicit Ground(unsigned bits) : room_(std::size_t{1} << bits), ring_(JumpRing::link(bytes(), 11)) {}
  [[nodiscard]] const JumpRing& ring() const { return ring_; }

 private:
  std::span<std::byte> bytes() { return std::as_writable_bytes(std::span(room_)); }
  std::vector<Line> room_;
  JumpRing ring_;
};

class Chains : public testing::TestWithParam<std::size_t> {};

TEST_P(Chains, EachGoAsFarAsAWalkAlone) {
  const Ground ground(10);
  for (const std::uint64_t steps : {0U, 1U, 2U, 17U, 5001U}) {
    std::vector<const Line*> at;
    for (std::size_t chain = 0; chain < GetParam(); ++chain) at.push_back(ground.ring().after(chain * 37));
    walk_together(at, steps);
    for (std::size_t chain = 0; chain < GetParam(); ++chain)
      EXPECT_EQ(at[chain], ground.ring().after(chain * 37 + steps)) << "chain " << chain << ", " << steps << " steps";
  }
}

INSTANTIATE_TEST_SUITE_P(OneToSixteen, Chains, testing::Range(std::size_t{1}, kMostChains + 1));

TEST(Chains, OfAnotherNumberAreRefused) {
  const Ground ground(4);
  std::vector<const Line*> none;
  std::vector<const Line*> many(kMostChains + 1, ground.ring().after(0));
  EXPECT_THROW(walk_together(none, 1), std::invalid_argument);
  EXPECT_THROW(walk_together(many, 1), std::invalid_argument);
}

class Visits : public testing::TestWithParam<std::tuple<Work, std::size_t>> {};

TEST_P(Visits, AddUpTheLinesOfTheListFromWhereverTheyBegin) {
  const auto [work, distance] = GetParam();
  for (const unsigned bits : {0U, 1U, 6U, 12U}) {
    const Ground ground(bits);
    const auto order = shuffled_positions(bits, 5);
    for (const std::uint64_t steps :
         {std::size_t{0}, std::size_t{1}, order.size() - 1, order.size(), 3 * order.size() + 1}) {
      const std::size_t from = order.size() / 3;
      std::uint64_t expected = 0;
      for (std::uint64_t step = 0; step < steps; ++step) {
        const std::uint64_t index = order[(from + step) % order.size()];
        expected += work == Work::kNone ? index : worked(index);
      }
      EXPECT_EQ(visit(ground.ring().lines(), order, from, steps, distance, work), expected)
          << bits << " bits, " << steps << " steps";
    }
  }
}

INSTANTIATE_TEST_SUITE_P(EachWorkAndDistance, Visits,
                         testing::Combine(testing::Values(Work::kNone, Work::kSome), testing::Values(0U, 1U, 5U, 32U)));

TEST(Visits, NeedAListWhoseLengthIsAPowerOfTwo) {
  const Ground ground(2);
  const std::vector<std::uint32_t> order = {0, 1, 2};
  EXPECT_THROW(visit(ground.ring().lines(), order, 0, 1, 0, Work::kNone), std::invalid_argument);
  EXPECT_EQ(visit({}, {}, 0, 0, 4, Work::kSome), 0U);
}

TEST(Work, TellsValuesApart) {
  EXPECT_NE(worked(1), worked(2));
  EXPECT_NE(worked(std::uint64_t{1} << 63), worked(0));
}

}  // namespace
}  // namespace unitcost::kernels
