#pragma once
// The locks under test behind one interface, and the loop that takes turns with them.
#include <pthread.h>
#include <semaphore.h>

#include <atomic>
#include <cerrno>
#include <cstdint>

namespace unitcost::kernels {

/// Each acquire() and release() is one call into the C library, whose result (0 or an error number) is handed on.
class Mutex {
 public:
  Mutex() { pthread_mutex_init(&mutex_, nullptr); }  // the default kind: cannot fail on Linux
  ~Mutex() { pthread_mutex_destroy(&mutex_); }
  Mutex(const Mutex&) = delete;
  Mutex& operator=(const Mutex&) = delete;
  int acquire() { return pthread_mutex_lock(&mutex_); }
  int release() { return pthread_mutex_unlock(&mutex_); }

 private:
  pthread_mutex_t mutex_;
};

class Semaphore {
 public:
  /// `permits` threads may be inside at once; at most SEM_VALUE_MAX.
  explicit Semaphore(unsigned permits) { sem_init(&semaphore_, 0, permits); }
  ~Semaphore() { sem_destroy(&semaphore_); }
  Semaphore(const Semaphore&) = delete;
  Semaphore& operator=(const Semaphore&) = delete;
  int acquire() {
    while (sem_wait(&semaphore_) != 0) {
      if (errno != EINTR) return errno;
    }
    return 0;
  }
  int release() { return sem_post(&semaphore_) == 0 ? 0 : errno; }

 private:
  sem_t semaphore_;
};

/// The empty control: two calls through a pointer, as calls into a shared library are, that do nothing.
class NoLock {
 public:
  NoLock();
  int acquire() { return call_(); }
  int release() { return call_(); }

 private:
  int (*volatile call_)();
};

/// What a lock protects: plain on purpose. With the lock every entry is seen, and `value` has made every step; without it either is lost.
struct Guarded {
  std::uint64_t value = 1;
  std::uint64_t entries = 0;
};

/// One step of the work inside: a chain of dependent multiplications (Knuth's MMIX generator), so that no step can be overlapped or left out.
constexpr std::uint64_t next_value(std::uint64_t value) { return value * 6364136223846793005U + 1442695040888963407U; }

/// `value` after `steps` steps, one after the other.
inline std::uint64_t work(std::uint64_t value, std::uint64_t steps) {
  for (std::uint64_t step = 0; step < steps; ++step) value = next_value(value);
  return value;
}

/// The same in O(log steps): what `value` must be when nothing was lost.
std::uint64_t work_expected(std::uint64_t value, std::uint64_t steps);

struct Turns {
  std::uint64_t taken = 0;
  int error = 0;  ///< of the call that failed; 0: none
};

/// Acquire, `section_steps` of work on `guarded`, release; until `stop` is seen.
template <class Lock>
Turns take_turns(Lock& lock, Guarded& guarded, std::uint64_t section_steps, const std::atomic<bool>& stop) {
  Turns turns;
  while (!stop.load(std::memory_order_relaxed)) {
    turns.error = lock.acquire();
    if (turns.error != 0) break;
    guarded.value = work(guarded.value, section_steps);
    ++guarded.entries;
    turns.error = lock.release();
    if (turns.error != 0) break;
    ++turns.taken;
  }
  return turns;
}

}  // namespace unitcost::kernels
