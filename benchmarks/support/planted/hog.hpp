#pragma once
// A process that computes on this process's CPUs when it is told to: the load of a neighbour, switched on and off.
#include <sys/types.h>

#include <atomic>
#include <cstdint>

namespace unitcost {

class Hog {
 public:
  /// Starts it at rest. Throws std::system_error.
  Hog();
  ~Hog();
  Hog(const Hog&) = delete;
  Hog& operator=(const Hog&) = delete;

  void work();
  void rest();

 private:
  using Flag = std::atomic<std::uint32_t>;
  Flag* works_ = nullptr;  // shared with the process, a word that it sleeps on
  pid_t owner_ = -1;
  pid_t process_ = -1;
};

}  // namespace unitcost
