#include "benchmarks/support/alarm.hpp"

namespace unitcost {

Alarm::Alarm(std::chrono::nanoseconds after)
    : thread_([this, after] {
        state_.wait(State::kWaiting);
        if (state_.load() == State::kStarted) std::this_thread::sleep_for(after);
        rung_.store(true);
      }) {}

Alarm::~Alarm() {
  State expected = State::kWaiting;
  if (state_.compare_exchange_strong(expected, State::kCancelled)) state_.notify_one();
}

void Alarm::start() {
  State expected = State::kWaiting;
  if (state_.compare_exchange_strong(expected, State::kStarted)) state_.notify_one();
}

}  // namespace unitcost
