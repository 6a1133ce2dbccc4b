#include "benchmarks/memory/streams.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "benchmarks/support/checked_team.hpp"
#include "benchmarks/support/room.hpp"

namespace unitcost {
namespace {

class StreamOfEach : public testing::TestWithParam<std::tuple<Operation, Width>> {
 protected:
  [[nodiscard]] Stream stream(std::uint64_t bytes) const {
    const auto [operation, width] = GetParam();
    return {operation, bytes, Pages::kBase, kernels_of(width)};
  }
};

TEST_P(StreamOfEach, IsRightHoweverOftenItRuns) {
  for (const std::uint64_t bytes : {4 * kKiB, 12 * kKiB + 128, 2 * kMiB}) {
    Stream tested = stream(bytes);
    for (std::uint64_t repetition = 1; repetition <= 3; ++repetition) {
      tested.prepare(repetition * 12'345);
      tested.run(1);
      tested.run(repetition);
      EXPECT_TRUE(tested.is_right()) << bytes << " bytes, repetition " << repetition;
    }
  }
}

TEST_P(StreamOfEach, StaysInsideOfItsMemoryWhereverItIsPlaced) {
  Stream tested = stream(960 * kKiB);
  for (std::uint64_t draw = 0; draw < 40; ++draw) {
    tested.prepare(draw * 0x9e37'79b9'7f4a'7c15U);
    tested.run(1);
    EXPECT_TRUE(tested.is_right());
  }
}

INSTANTIATE_TEST_SUITE_P(OperationAndWidth, StreamOfEach,
                         testing::Combine(testing::Values(Operation::kRead, Operation::kWrite, Operation::kCopy),
                                          testing::Values(Width::kWord, Width::kVector)));

TEST(Stream, PastTheCachesIsRight) {
  if (kernels_of(Width::kVector).write_past_caches == nullptr) GTEST_SKIP() << "no such store is known";
  Stream stream(Operation::kWritePastCaches, 64 * kKiB, Pages::kBase, kernels_of(Width::kVector));
  stream.prepare(5);
  stream.run(3);
  EXPECT_TRUE(stream.is_right());
}

// What a broken loop would do: the check must see it.
TEST(Stream, OfALoopThatLeavesOutAWordIsWrong) {
  auto broken = kernels_of(Width::kWord);
  broken.read = [](std::span<const std::uint64_t> words, std::uint64_t passes) {
    return kernels_of(Width::kWord).read(words.subspan(8), passes);
  };
  Stream reads(Operation::kRead, 4 * kKiB, Pages::kBase, broken);
  reads.prepare(1);
  reads.run(1);
  EXPECT_FALSE(reads.is_right());

  broken = kernels_of(Width::kWord);
  broken.copy = [](std::span<std::uint64_t> to, std::span<const std::uint64_t> from, std::uint64_t passes) {
    kernels_of(Width::kWord).copy(to, from.first(from.size() - 8), passes);
  };
  Stream copies(Operation::kCopy, 4 * kKiB, Pages::kBase, broken);
  copies.prepare(1);
  copies.run(1);
  EXPECT_FALSE(copies.is_right());
}

TEST(Stream, OfAWriteThatStopsEarlyIsWrong) {
  static int writes = 0;
  writes = 0;
  auto broken = kernels_of(Width::kWord);
  broken.write = [](std::span<std::uint64_t> words, std::uint64_t value, std::uint64_t passes) {
    const bool is_filling = ++writes == 1;
    return kernels_of(Width::kWord).write(is_filling ? words : words.first(words.size() / 2), value, passes);
  };
  Stream stream(Operation::kWrite, 4 * kKiB, Pages::kBase, broken);
  stream.prepare(1);
  stream.run(1);
  EXPECT_FALSE(stream.is_right());
}

TEST(Stream, WithoutTheInstructionsCannotBeMeasured) {
  auto without = kernels_of(Width::kWord);
  without.write_past_caches = nullptr;
  EXPECT_THROW(Stream(Operation::kWritePastCaches, 4 * kKiB, Pages::kBase, without), CannotMeasure);
}

TEST(Stream, RefusesWhatTheMachineHasNoMemoryFor) {
  if (!available_bytes()) GTEST_SKIP() << "this machine does not say what is available";
  EXPECT_THROW(Stream(Operation::kRead, std::uint64_t{1} << 46U, Pages::kBase, kernels_of(Width::kWord)),
               CannotMeasure);
}

TEST(PartPastOwnCaches, DividesTheWholeInMultiplesOfTwoLines) {
  EXPECT_EQ(part_past_own_caches(128 * kMiB, 2), 64 * kMiB);
  EXPECT_EQ(part_past_own_caches(128 * kMiB, 8), 16 * kMiB);
  EXPECT_EQ(part_past_own_caches(128 * kMiB, 3) % 128, 0U);
}

TEST(PartPastOwnCaches, RefusesWhatMayFitIntoTheCachesOfOneCpuAndSaysWhatDoesNot) {
  EXPECT_THROW((void)part_past_own_caches(128 * kMiB, 9), CannotMeasure);
  try {
    (void)part_past_own_caches(128 * kMiB, 64);
    FAIL() << "2 MiB were taken for past the caches";
  } catch (const CannotMeasure& reason) {
    EXPECT_THAT(reason.what(), testing::HasSubstr("2 MiB for each"));
    EXPECT_THAT(reason.what(), testing::HasSubstr("it takes 1024 MiB"));
  }
}

TEST(Stream, TouchesWholeHugePages) {
  EXPECT_EQ(Stream::memory_bytes(16 * kKiB), 2 * kMiB);
  EXPECT_EQ(Stream::memory_bytes(2 * kMiB), 2 * kMiB);
  EXPECT_EQ(Stream::memory_bytes(2 * kMiB + 128), 4 * kMiB);
}

TEST(CheckedTeam, RunsEveryMember) {
  std::vector<int> done(3);
  run_checked_team(3, {}, [&](int member) { done[static_cast<std::size_t>(member)] = 1 + member; });
  EXPECT_EQ(done, (std::vector<int>{1, 2, 3}));
}

TEST(CheckedTeam, ThrowsWhatAMemberThrewOnceAllHaveEnded) {
  std::atomic<int> ended{0};
  EXPECT_THROW(run_checked_team(3, {},
                                [&](int member) {
                                  if (member == 1) throw CannotMeasure("no memory");
                                  ++ended;
                                }),
               CannotMeasure);
  EXPECT_EQ(ended.load(), 2);
}

}  // namespace
}  // namespace unitcost
