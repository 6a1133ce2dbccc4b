#include "benchmarks/kernels/allocation_threads.hpp"

#include <gtest/gtest.h>

#include <array>
#include <chrono>
#include <latch>
#include <memory>
#include <thread>
#include <vector>

namespace unitcost::kernels {
namespace {

constexpr int kThreads = 4;

void add(Tally& sum, const Tally& one) {
  sum.made += one.made;
  sum.freed += one.freed;
  sum.wrote += one.wrote;
  sum.read += one.read;
}

/// Runs `work(thread, stop)` on some threads for a while after all of them have begun; the sum of what they did.
template <class Work>
Tally run_for_a_while(const Work& work) {
  std::atomic<bool> stop{false};
  std::array<Tally, kThreads> tallies{};
  std::latch begun(kThreads);
  {
    std::vector<std::jthread> threads;
    for (std::size_t thread = 0; thread < kThreads; ++thread) {
      threads.emplace_back([&, thread] {
        begun.arrive_and_wait();
        tallies[thread] = work(thread, stop);
      });
    }
    begun.wait();
    std::this_thread::sleep_for(std::chrono::milliseconds(30));
    stop = true;
  }
  Tally sum;
  for (const Tally& one : tallies) add(sum, one);
  return sum;
}

Batch numbered(std::uint64_t* first) {
  Batch batch{};
  for (std::size_t block = 0; block < kBatchBlocks; ++block) batch[block] = first + block;
  return batch;
}

TEST(BatchQueue, HandsOverInOrderAndIsBounded) {
  std::array<std::uint64_t, 16 * kBatchBlocks> words{};
  BatchQueue queue;
  Batch out{};
  EXPECT_FALSE(queue.take(out)) << "empty";
  for (int lap = 0; lap < 3; ++lap) {
    for (std::size_t at = 0; at < BatchQueue::kRoom; ++at) EXPECT_TRUE(queue.put(numbered(&words[at])));
    EXPECT_FALSE(queue.put(numbered(words.data()))) << "full";
    for (std::size_t at = 0; at < BatchQueue::kRoom; ++at) {
      ASSERT_TRUE(queue.take(out));
      EXPECT_EQ(out, numbered(&words[at]));
    }
    EXPECT_FALSE(queue.take(out)) << "empty again";
  }
}

TEST(Allocate, GivesBackAllThatItMade) {
  const Tally sum = run_for_a_while([](std::size_t, const auto& stop) { return allocate_and_free(stop); });
  EXPECT_GT(sum.made, 0U);
  EXPECT_EQ(sum.made % kBatchBlocks, 0U);
  EXPECT_EQ(sum.made, sum.freed);
  EXPECT_EQ(sum.wrote, sum.read);
}

TEST(Allocate, PassesEveryBlockOnOnceAndWhole) {
  const auto queues = std::make_unique<BatchQueue[]>(kThreads);
  Tally sum = run_for_a_while([&](std::size_t thread, const auto& stop) {
    return allocate_and_pass_on(queues[thread], queues[(thread + 1) % kThreads], stop);
  });
  for (std::size_t queue = 0; queue < kThreads; ++queue) add(sum, free_the_rest(queues[queue]));
  EXPECT_GT(sum.made, kThreads * kBatchBlocks);
  EXPECT_EQ(sum.made, sum.freed);
  EXPECT_EQ(sum.wrote, sum.read);
}

TEST(Allocate, DoesNotWaitForANeighbourThatNeverTakes) {
  BatchQueue full;
  BatchQueue empty;
  std::atomic<bool> stop{false};
  Tally tally;
  {
    const std::jthread thread([&] { tally = allocate_and_pass_on(full, empty, stop); });
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
    stop = true;
  }
  const Tally rest = free_the_rest(full);
  EXPECT_EQ(tally.made, tally.freed + rest.freed);
  EXPECT_LE(rest.freed, BatchQueue::kRoom * kBatchBlocks);
}

TEST(Allocate, DoesNothingOnceItIsStopped) {
  const std::atomic<bool> stop{true};
  BatchQueue queue;
  EXPECT_EQ(allocate_and_free(stop).made, 0U);
  EXPECT_EQ(allocate_and_pass_on(queue, queue, stop).made, 0U);
  EXPECT_EQ(touch_batches(stop).made, 0U);
  EXPECT_EQ(free_the_rest(queue).freed, 0U);
}

TEST(TouchBatches, ReadsWhatItWrote) {
  const Tally sum = run_for_a_while([](std::size_t, const auto& stop) { return touch_batches(stop); });
  EXPECT_GT(sum.made, 0U);
  EXPECT_EQ(sum.wrote, sum.read);
}

TEST(Count, IsExactWithOneOwner) {
  for (const std::uint64_t times : {0U, 1U, 37U, 100'001U}) {
    std::atomic<std::uint64_t> counter{5};
    count_without_synchronisation(counter, times);
    EXPECT_EQ(counter.load(), 5 + times);
  }
}

TEST(Count, NeverGetsMoreThanWasCounted) {
  constexpr std::uint64_t kTimes = 100'000;
  std::atomic<std::uint64_t> counter{0};
  {
    std::vector<std::jthread> threads;
    for (int thread = 0; thread < kThreads; ++thread)
      threads.emplace_back([&] { count_without_synchronisation(counter, kTimes); });
  }
  EXPECT_GE(counter.load(), 2U);
  EXPECT_LE(counter.load(), kThreads * kTimes);
}

}  // namespace
}  // namespace unitcost::kernels
