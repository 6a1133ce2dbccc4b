// The two workloads as the compiler makes them: the floor under every interpreter.
#include "benchmarks/kernels/vm_bytecode.hpp"

namespace unitcost::kernels {
namespace {

std::uint64_t mix(std::uint64_t count) {
  std::uint64_t value = 1;
  for (std::uint64_t i = 0; i < count; ++i) value = (value * 31 + i) ^ (value >> 7U);
  return value;
}

std::uint64_t collatz(std::uint64_t starts) {
  std::uint64_t steps = 0;
  for (std::uint64_t start = 1; start < starts; ++start) {
    for (std::uint64_t x = start; 1 < x; ++steps) x = (x & 1U) == 0 ? x >> 1U : x * 3 + 1;
  }
  return steps;
}

}  // namespace

std::uint64_t run_native(VmWorkload workload, std::uint64_t argument) {
  return workload == VmWorkload::kMix ? mix(argument) : collatz(argument);
}

}  // namespace unitcost::kernels
