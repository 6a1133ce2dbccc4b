#include "benchmarks/support/alarm.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <thread>

namespace unitcost {
namespace {

using std::chrono::milliseconds;

TEST(Alarm, RingsOnceStarted) {
  Alarm alarm(milliseconds(1));
  EXPECT_FALSE(alarm.rung());
  alarm.start();
  alarm.start();
  while (!alarm.rung()) std::this_thread::yield();  // a test that hangs is ended by its runner
  SUCCEED();
}

TEST(Alarm, DoesNotRingBeforeItIsStarted) {
  const Alarm alarm(milliseconds(0));
  std::this_thread::sleep_for(milliseconds(5));
  EXPECT_FALSE(alarm.rung());
}

TEST(Alarm, EndsWithoutHavingBeenStarted) {
  const Alarm alarm(std::chrono::hours(24));  // its destructor must not wait for it
}

}  // namespace
}  // namespace unitcost
