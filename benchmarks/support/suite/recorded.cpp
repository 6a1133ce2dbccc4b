#include "benchmarks/support/suite/recorded.hpp"

// Google Benchmark has no way to enumerate what was registered. Its macros and RegisterBenchmark() all end in one function of the library, and
// the linker's --wrap=NAME sends the calls of NAME to __wrap_NAME, from where __real_NAME is the function itself. Its name changed twice:
#define UNITCOST_REGISTER "_ZN9benchmark8internal25RegisterBenchmarkInternal"
#define UNITCOST_TO_1_9_1 UNITCOST_REGISTER "EPNS0_9BenchmarkE"
#define UNITCOST_TO_1_9_5 UNITCOST_REGISTER "ESt10unique_ptrINS0_9BenchmarkESt14default_deleteIS2_EE"
#define UNITCOST_LATER UNITCOST_REGISTER "ESt10unique_ptrINS_9BenchmarkESt14default_deleteIS2_EE"

namespace unitcost {
namespace {

std::vector<Family*>& families() {
  static std::vector<Family*> recorded;  // benchmarks are registered before main()
  return recorded;
}

// A pointer, or a std::unique_ptr by value: to the function called, both are one address. What comes back is a pointer in all versions.
using Register = void*(void*);

void* record(Register* real, void* benchmark) {
  void* registered = real(benchmark);
  families().push_back(static_cast<Family*>(registered));
  return registered;
}

}  // namespace

const std::vector<Family*>& recorded_families() { return families(); }

// Weak: a version of the library has one of the three.
Register real_to_1_9_1 __asm__("__real_" UNITCOST_TO_1_9_1) __attribute__((weak));
Register real_to_1_9_5 __asm__("__real_" UNITCOST_TO_1_9_5) __attribute__((weak));
Register real_later __asm__("__real_" UNITCOST_LATER) __attribute__((weak));

Register wrap_to_1_9_1 __asm__("__wrap_" UNITCOST_TO_1_9_1);
Register wrap_to_1_9_5 __asm__("__wrap_" UNITCOST_TO_1_9_5);
Register wrap_later __asm__("__wrap_" UNITCOST_LATER);

void* wrap_to_1_9_1(void* benchmark) { return record(real_to_1_9_1, benchmark); }
void* wrap_to_1_9_5(void* benchmark) { return record(real_to_1_9_5, benchmark); }
void* wrap_later(void* benchmark) { return record(real_later, benchmark); }

}  // namespace unitcost
