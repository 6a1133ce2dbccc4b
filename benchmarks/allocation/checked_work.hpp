#pragma once
// What allocation/dangling asks of the helper that works with or without checks; both sides know it.
#include <cstdint>

#include "benchmarks/kernels/allocation_checked.hpp"

namespace unitcost {

/// One request is one of these on the helper's standard input; the answer is eight bytes on its standard output.
struct CheckedWork {
  enum Kind : std::uint64_t { kNothing, kSort, kList };
  std::uint64_t kind = kNothing;
  std::uint64_t count = 0;
  std::uint64_t seed = 0;
};

inline std::uint64_t answer_of(const CheckedWork& work) {
  switch (work.kind) {
    case CheckedWork::kSort:
      return kernels::sort_numbers(work.count, work.seed);
    case CheckedWork::kList:
      return kernels::build_list(work.count, work.seed);
    default:
      return work.seed;
  }
}

}  // namespace unitcost
