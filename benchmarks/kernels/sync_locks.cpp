#include "benchmarks/kernels/sync_locks.hpp"

namespace unitcost::kernels {
namespace {

[[gnu::noinline]] int do_nothing() { return 0; }

}  // namespace

NoLock::NoLock() : call_(do_nothing) {}

std::uint64_t work_expected(std::uint64_t value, std::uint64_t steps) {
  // A step is value * a + c; two of them are value * (a * a) + (a * c + c). Doubling gives any number of steps (Brown 1994).
  std::uint64_t factor = 6364136223846793005U;
  std::uint64_t summand = 1442695040888963407U;
  for (; steps != 0; steps >>= 1U) {
    if ((steps & 1U) != 0) value = value * factor + summand;
    summand *= factor + 1;
    factor *= factor;
  }
  return value;
}

}  // namespace unitcost::kernels
