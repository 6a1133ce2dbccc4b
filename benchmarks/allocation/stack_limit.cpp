// Question:  How large may a stack become?
// Method:    Ask the limits that the system states; then let a child call itself, 1 KiB a call, until the kernel ends it, and see how deep its stack was.
// Wrong way: Believing the limit: it may be unlimited, and a thread does not have that of its process. Counting calls: how large a frame is, the compiler decides.
// Control:   What was reached lies within the limit that was stated, and near it.
#include <pthread.h>
#include <sys/mman.h>
#include <sys/resource.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <new>
#include <stdexcept>
#include <system_error>

#include <fmt/format.h>

#include "benchmarks/allocation/child.hpp"
#include "benchmarks/allocation/surroundings.hpp"
#include "benchmarks/kernels/allocation_pieces.hpp"
#include "benchmarks/support/mapping.hpp"
#include "benchmarks/support/room.hpp"
#include "benchmarks/support/sizes.hpp"

namespace unitcost {
namespace {

constexpr std::uint64_t kMostBytes = 256 * kMiB;  // no search goes deeper
constexpr unsigned kDeadlineS = 10;
constexpr std::uint64_t kAsksPerIteration = 32;
constexpr std::size_t kHandlerStackBytes = 64 * kKiB;
constexpr std::uintptr_t kNearBytes =
    64 * kKiB;  // between the last write and the one that the kernel refuses there is a frame at most

// How the child ends.
constexpr int kStackEnded = 10;
constexpr int kOtherFault = 11;
constexpr int kNoEnd = 12;
constexpr int kNoThread = 13;

/// The most that the main thread's stack may be. Throws CannotMeasure when there is no limit.
std::uint64_t main_thread_limit() {
  rlimit limit{};
  if (getrlimit(RLIMIT_STACK, &limit) != 0) throw std::system_error(errno, std::generic_category(), "getrlimit");
  if (limit.rlim_cur == RLIM_INFINITY)
    throw CannotMeasure("the stack of the main thread is unlimited here (ulimit -s)");
  return limit.rlim_cur;
}

/// What a thread gets that does not ask for a size.
std::uint64_t new_thread_limit() {
  pthread_attr_t attributes{};
  std::size_t bytes = 0;
  if (const int error = pthread_attr_init(&attributes); error != 0)
    throw std::system_error(error, std::generic_category(), "pthread_attr_init");
  const int error = pthread_attr_getstacksize(&attributes, &bytes);
  pthread_attr_destroy(&attributes);
  if (error != 0) throw std::system_error(error, std::generic_category(), "pthread_attr_getstacksize");
  return bytes;
}

void state_limit(benchmark::State& state, std::uint64_t (*ask)()) {
  std::uint64_t bytes = 0;
  for (auto _ : state) {
    for (std::uint64_t asked = 0; asked < kAsksPerIteration; ++asked) bytes = ask();
  }
  report_per_op(state, "ask_ns", kAsksPerIteration);
  report_value(state, "stack_bytes", static_cast<double>(bytes));
}

/// Memory that child and parent share.
struct Dive {
  std::uintptr_t top = 0;              ///< one past the highest address of the stack
  volatile std::uintptr_t lowest = 0;  ///< that was written
};
// A signal handler takes no argument, so the child's dive is found here.
Dive* dive_of_the_child = nullptr;

void on_fault(int /*signal*/, siginfo_t* fault, void* /*context*/) {
  const auto address = reinterpret_cast<std::uintptr_t>(fault->si_addr);
  const std::uintptr_t lowest = dive_of_the_child->lowest;
  _exit(address < lowest && lowest - address < kNearBytes ? kStackEnded : kOtherFault);
}

/// Runs in the child, on the thread whose stack is to end. Returns only if it does not end.
void* dive(void* /*unused*/) {
  // The handler needs a place to stand on when the stack is full.
  static std::array<std::byte, kHandlerStackBytes> handler_stack;
  stack_t other{};
  other.ss_sp = handler_stack.data();
  other.ss_size = handler_stack.size();
  struct sigaction action{};
  action.sa_sigaction = on_fault;
  action.sa_flags = SA_SIGINFO | SA_ONSTACK;
  pthread_attr_t attributes{};
  void* bottom = nullptr;
  std::size_t bytes = 0;
  if (sigaltstack(&other, nullptr) != 0 || sigaction(SIGSEGV, &action, nullptr) != 0 ||
      sigaction(SIGBUS, &action, nullptr) != 0 || pthread_getattr_np(pthread_self(), &attributes) != 0 ||
      pthread_attr_getstack(&attributes, &bottom, &bytes) != 0)
    _exit(kOtherFault);
  dive_of_the_child->top = reinterpret_cast<std::uintptr_t>(bottom) + bytes;
  kernels::descend(dive_of_the_child->lowest, kMostBytes / kernels::kFrameBytes);
  _exit(kNoEnd);
}

int dive_in_main_thread() {
  dive(nullptr);
  return kNoEnd;
}

int dive_in_new_thread() {
  pthread_t thread{};
  if (pthread_create(&thread, nullptr, dive, nullptr) != 0) return kNoThread;
  pthread_join(thread, nullptr);
  return kNoEnd;
}

void reach_end(benchmark::State& state, std::uint64_t (*limit)(), int (*dive_in_child)()) {
  need_plain_memory();
  need_memory(std::min(limit(), kMostBytes));
  const Mapping shared = Mapping::shared(sizeof(Dive));
  std::uint64_t frames = 0;
  double bytes = 0.0;
  for (auto _ : state) {
    dive_of_the_child = ::new (shared.bytes().data()) Dive{};
    const int status = run_in_child(kDeadlineS, dive_in_child);
    if (exited_with(status, kNoEnd))
      throw CannotMeasure(fmt::format("the stack has no end within {} MiB", kMostBytes / kMiB));
    if (exited_with(status, kNoThread)) throw CannotMeasure("the system does not allow another thread");
    if (!exited_with(status, kStackEnded))
      throw std::runtime_error(fmt::format("the child ended with wait status {}", status));
    bytes = static_cast<double>(dive_of_the_child->top - dive_of_the_child->lowest);
    frames += static_cast<std::uint64_t>(bytes) / kernels::kFrameBytes;
  }
  report_value(state, "operations", static_cast<double>(frames));
  report_value(state, "stack_bytes", bytes);
}

}  // namespace

void register_cases(CaseRegistry& cases) {
  cases.add("limit/of:main_thread", Timing::kWall, [](auto& state) { state_limit(state, main_thread_limit); });
  cases.add("limit/of:new_thread", Timing::kWall, [](auto& state) { state_limit(state, new_thread_limit); });
  cases.add("reached/by:main_thread", Timing::kWall,
            [](auto& state) { reach_end(state, main_thread_limit, dive_in_main_thread); });
  cases.add("reached/by:new_thread", Timing::kWall,
            [](auto& state) { reach_end(state, new_thread_limit, dive_in_new_thread); });
}

}  // namespace unitcost
