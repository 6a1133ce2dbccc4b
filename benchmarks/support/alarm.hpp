#pragma once
// Ends a loop after a stated time without a clock in the loop.
#include <atomic>
#include <chrono>
#include <thread>

namespace unitcost {

/// Owns a thread that sleeps and then raises a flag. The thread is bound to no CPU; it runs for some µs when it rings.
class Alarm {
 public:
  explicit Alarm(std::chrono::nanoseconds after);
  ~Alarm();  ///< waits for the rest of a time that has begun; an alarm that was never started ends at once
  Alarm(const Alarm&) = delete;
  Alarm& operator=(const Alarm&) = delete;

  /// Begins the time. Any thread may call it, any number of times; the first call counts.
  void start();

  /// Raised once the time is over. Read it relaxed: it guards nothing.
  [[nodiscard]] const std::atomic<bool>& rung() const { return rung_; }

 private:
  enum class State { kWaiting, kStarted, kCancelled };
  std::atomic<State> state_{State::kWaiting};
  alignas(64) std::atomic<bool> rung_{false};  // read in every turn: on a line that nothing else writes
  alignas(64) std::jthread thread_;
};

}  // namespace unitcost
