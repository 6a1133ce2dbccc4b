#pragma once
// What has to be so around a row about allocation. Shared by the programs of this folder.
#include <sys/prctl.h>

#include "benchmarks/support/case.hpp"

namespace unitcost {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool kIsSanitized = true;
#elif defined(__has_feature)
constexpr bool kIsSanitized = __has_feature(address_sanitizer) || __has_feature(thread_sanitizer);
#else
constexpr bool kIsSanitized = false;
#endif

/// Throws CannotMeasure in a build with a sanitizer.
inline void need_plain_memory() {
  if (kIsSanitized) throw CannotMeasure("a sanitizer stands in for malloc and changes the frames of the stack");
}

/// While it lives, the kernel gives this process base pages only, so that the first touch of a large object clears 4 KiB on every machine and not 2 MiB on some.
/// A setting of this process; throws CannotMeasure where the kernel does not have it.
class BasePagesOnly {
 public:
  BasePagesOnly() {
    if (prctl(PR_SET_THP_DISABLE, 1, 0, 0, 0) != 0) throw CannotMeasure("the kernel cannot leave out huge pages");
  }
  ~BasePagesOnly() { prctl(PR_SET_THP_DISABLE, 0, 0, 0, 0); }
  BasePagesOnly(const BasePagesOnly&) = delete;
  BasePagesOnly& operator=(const BasePagesOnly&) = delete;
};

}  // namespace unitcost
