#include "harness/run/spin_reference.hpp"

#include <ctime>

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

#include "harness/run/cpu_affinity.hpp"

namespace unitcost {
namespace {

constexpr double kReferenceNs = 2e6;

double now_ns(clockid_t clock) {
  timespec now{};
  clock_gettime(clock, &now);
  return 1e9 * static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec);
}

/// A link of a chain of dependent shifts and xors (Marsaglia's xorshift): no memory, nothing to predict.
inline void link(std::uint64_t& x) {
  x ^= x << 13;
  x ^= x >> 7;
  x ^= x << 17;
  asm volatile("" : "+r"(x));  // one number a register: vectors would leave the core's other units idle
}

/// As many chains as there are indices, side by side. One is as fast as the clock; eight start as many operations as the core can, and so also show
/// another thread of that core taking some of them.
template <std::size_t... kIndices>
std::uint64_t chains(std::int64_t steps, std::index_sequence<kIndices...>) {
  std::array<std::uint64_t, sizeof...(kIndices)> xs{(0x2545f4914f6cdd1dU + kIndices)...};
  for (std::int64_t step = 0; step < steps; ++step) (link(xs[kIndices]), ...);
  return (xs[kIndices] ^ ...);
}

}  // namespace

RealSpinReference::RealSpinReference(int home_cpu) : home_cpu_(home_cpu) {
  static_cast<void>(CpuMask({home_cpu}).apply());
}

double RealSpinReference::spin_ns(int cpu, std::int64_t steps) {
  const double cpu_before_ns = now_ns(CLOCK_THREAD_CPUTIME_ID);
  if (!CpuMask({cpu}).apply()) return -1.0;
  const double start_ns = now_ns(CLOCK_MONOTONIC);
  volatile std::uint64_t sink = chains(steps, std::make_index_sequence<1>()) +
                                chains(steps / 2, std::make_index_sequence<8>());  // about half of the time each
  static_cast<void>(sink);
  const double wall_ns = now_ns(CLOCK_MONOTONIC) - start_ns;
  static_cast<void>(CpuMask({home_cpu_}).apply());
  cpu_s_ += 1e-9 * (now_ns(CLOCK_THREAD_CPUTIME_ID) - cpu_before_ns);
  return wall_ns;
}

std::int64_t calibrate_reference(SpinReference& reference, int cpu) {
  constexpr std::int64_t kTrialSteps = 200'000;
  double fastest_ns = 0.0;
  for (int trial = 0; trial < 9; ++trial) {  // the fastest: a slow trial was disturbed
    const double took_ns = reference.spin_ns(cpu, kTrialSteps);
    if (took_ns > 0 && (fastest_ns == 0.0 || took_ns < fastest_ns)) fastest_ns = took_ns;
  }
  if (fastest_ns == 0.0) return 1'000'000;
  return std::max<std::int64_t>(
      1, static_cast<std::int64_t>(kReferenceNs / fastest_ns * static_cast<double>(kTrialSteps)));
}

}  // namespace unitcost
