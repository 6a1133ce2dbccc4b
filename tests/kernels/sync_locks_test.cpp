#include "benchmarks/kernels/sync_locks.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <latch>
#include <thread>
#include <vector>

#include "benchmarks/kernels/sync_inside.hpp"

namespace unitcost::kernels {
namespace {

void on_threads(int count, const std::function<void(int)>& work) {
  std::vector<std::jthread> threads;
  for (int thread = 0; thread < count; ++thread) threads.emplace_back(work, thread);
}

/// Four threads take turns until together they have taken some; nothing may be lost, however often they are interrupted.
template <class Lock>
void expect_exact(Lock& lock, std::uint64_t section_steps) {
  constexpr int kThreads = 4;
  Guarded guarded;
  std::atomic<bool> stop{false};
  std::vector<Turns> turns(kThreads);
  std::latch started(kThreads);  // on a busy machine the time would be over before the last one runs
  {
    const std::jthread ending([&] {
      started.wait();
      std::this_thread::sleep_for(std::chrono::milliseconds(30));
      stop = true;
    });
    on_threads(kThreads, [&](int thread) {
      started.count_down();
      turns[static_cast<std::size_t>(thread)] = take_turns(lock, guarded, section_steps, stop);
    });
  }
  std::uint64_t taken = 0;
  for (const Turns& one : turns) {
    EXPECT_EQ(one.error, 0);
    taken += one.taken;
  }
  EXPECT_GT(taken, 0U);
  EXPECT_EQ(guarded.entries, taken);
  EXPECT_EQ(guarded.value, work_expected(Guarded{}.value, taken * section_steps));
}

TEST(TakeTurns, LosesNothingBehindAMutex) {
  Mutex mutex;
  for (const std::uint64_t steps : {0U, 1U, 37U, 1001U}) expect_exact(mutex, steps);
}

TEST(TakeTurns, LosesNothingBehindASemaphoreOfOne) {
  Semaphore semaphore(1);
  for (const std::uint64_t steps : {0U, 1U, 37U, 1001U}) expect_exact(semaphore, steps);
}

TEST(TakeTurns, TakesNoneOnceItIsStopped) {
  Mutex mutex;
  Guarded guarded;
  const std::atomic<bool> stop{true};
  EXPECT_EQ(take_turns(mutex, guarded, 5, stop).taken, 0U);
  EXPECT_EQ(guarded.entries, 0U);
}

struct RefusingLock {
  int turns_left;
  int acquire() { return turns_left-- > 0 ? 0 : EDEADLK; }
  int release() { return 0; }
};

TEST(TakeTurns, EndsWithTheErrorOfTheLock) {
  RefusingLock lock{3};
  Guarded guarded;
  const std::atomic<bool> stop{false};
  const Turns turns = take_turns(lock, guarded, 1, stop);
  EXPECT_EQ(turns.taken, 3U);
  EXPECT_EQ(turns.error, EDEADLK);
  EXPECT_EQ(guarded.entries, 3U);
}

TEST(Work, JumpsToWhereTheStepsLead) {
  for (const std::uint64_t steps : {0U, 1U, 2U, 3U, 64U, 1000U, 65'537U})
    EXPECT_EQ(work_expected(7, steps), work(7, steps)) << steps;
}

template <class Lock>
int peak_behind(Lock& lock, int visitors) {
  Inside inside;
  on_threads(visitors, [&](int) { EXPECT_EQ(visit(lock, inside, 3, std::chrono::microseconds(300)), 0); });
  EXPECT_EQ(inside.now(), 0);
  return inside.peak();
}

TEST(Visit, SeesOneBehindAMutex) {
  Mutex mutex;
  EXPECT_EQ(peak_behind(mutex, 6), 1);
}

TEST(Visit, SeesNeverMoreThanThePermits) {
  for (const unsigned permits : {1U, 2U, 3U}) {
    Semaphore semaphore(permits);
    EXPECT_LE(peak_behind(semaphore, 6), static_cast<int>(permits));
  }
}

TEST(Inside, KeepsThePeak) {
  Inside inside;
  inside.enter();
  inside.enter();
  inside.leave();
  inside.enter();
  inside.leave();
  inside.leave();
  EXPECT_EQ(inside.now(), 0);
  EXPECT_EQ(inside.peak(), 2);
}

}  // namespace
}  // namespace unitcost::kernels
