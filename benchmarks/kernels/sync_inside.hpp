#pragma once
// How many threads are behind a lock at once, seen from inside.
#include <atomic>
#include <chrono>
#include <thread>

namespace unitcost::kernels {

class Inside {
 public:
  void enter() {
    const int now = now_.fetch_add(1) + 1;
    for (int peak = peak_.load(); now > peak && !peak_.compare_exchange_weak(peak, now);) {
    }
  }
  void leave() { now_.fetch_sub(1); }
  [[nodiscard]] int peak() const { return peak_.load(); }
  [[nodiscard]] int now() const { return now_.load(); }

 private:
  std::atomic<int> now_{0};
  std::atomic<int> peak_{0};
};

/// Enters `visits` times and sleeps `stay` inside, so that others have time to come in if the lock lets them, on one CPU too.
/// Returns the error number of the lock; 0: none.
template <class Lock>
int visit(Lock& lock, Inside& inside, int visits, std::chrono::nanoseconds stay) {
  for (int done = 0; done < visits; ++done) {
    if (const int error = lock.acquire(); error != 0) return error;
    inside.enter();
    std::this_thread::sleep_for(stay);
    inside.leave();
    if (const int error = lock.release(); error != 0) return error;
  }
  return 0;
}

}  // namespace unitcost::kernels
