#include "benchmarks/support/planted/hog.hpp"

#include <linux/futex.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <climits>
#include <csignal>
#include <new>
#include <system_error>

namespace unitcost {
namespace {

// Between processes: std::atomic's own wait may only be woken from within one.
void futex(std::atomic<std::uint32_t>& word, int operation, std::uint32_t value) {
  syscall(SYS_futex, &word, operation, value, nullptr, nullptr, 0);
}

[[noreturn]] void be_hog(std::atomic<std::uint32_t>& works) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  closefrom(0);  // whoever reads what the program prints waits for its end, not for ours
  std::uint64_t count = 0;
  for (;;) {
    while (works.load(std::memory_order_relaxed) != 0) {
      for (int step = 0; step < 1000; ++step) count = count * 6364136223846793005U + 1U;
      asm volatile("" : : "r"(count));
    }
    futex(works, FUTEX_WAIT, 0);
  }
}

}  // namespace

Hog::Hog() : owner_(getpid()) {
  void* page = mmap(nullptr, sizeof(Flag), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (page == MAP_FAILED) throw std::system_error(errno, std::generic_category(), "mmap");
  works_ = ::new (page) Flag(0);
  process_ = fork();
  if (process_ < 0) throw std::system_error(errno, std::generic_category(), "fork");
  if (process_ == 0) be_hog(*works_);
}

Hog::~Hog() {
  if (getpid() != owner_) return;  // a child of the benchmark ends: the process is not its own
  kill(process_, SIGKILL);
  waitpid(process_, nullptr, 0);
}

void Hog::work() {
  works_->store(1);
  futex(*works_, FUTEX_WAKE, INT_MAX);
}

void Hog::rest() { works_->store(0); }

}  // namespace unitcost
