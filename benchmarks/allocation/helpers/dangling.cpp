// Makes an object that holds VALUE, lets its life end in one of several ways, and reads it. Compiled several times: without optimisation and with it, without checks
// and with them.   dangling alive|returned|through_variable|freed VALUE
#include <sys/prctl.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>

#include "benchmarks/allocation/dangling_child.hpp"

// The mistakes that this file is about are what compilers warn of; they are made here and nowhere else.
#if defined(__clang__)
#pragma clang diagnostic ignored "-Wreturn-stack-address"
#elif defined(__GNUC__)
#pragma GCC diagnostic ignored "-Wreturn-local-addr"
#if __GNUC__ >= 12
#pragma GCC diagnostic ignored "-Wuse-after-free"
#endif
#endif

namespace {

// None of these is inlined: the caller reads memory, not a value that the compiler followed into it.

[[gnu::noinline]] const int* alive(int value) {
  static int kept = 0;
  kept = value;
  return &kept;
}

[[gnu::noinline]] const int* returned(int value) {
  int local = value;
  return &local;  // NOLINT(clang-analyzer-core.StackAddressEscape): the question
}

[[gnu::noinline]] const int* through_variable(int value) {
  int local = value;
  const int* address = &local;
  return address;  // NOLINT(clang-analyzer-core.StackAddressEscape): the question
}

[[gnu::noinline]] const int* freed(int value) {
  const int* object = new int(value);
  delete object;
  return object;  // NOLINT(clang-analyzer-cplusplus.NewDelete): the question
}

struct Shape {
  const char* name;
  const int* (*make)(int value);
};
constexpr Shape kShapes[] = {
    {"alive", alive}, {"returned", returned}, {"through_variable", through_variable}, {"freed", freed}};

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return unitcost::kWrongUsage;
  prctl(PR_SET_DUMPABLE, 0);             // a crash is expected, and nobody wants its core file
  const int value = std::atoi(argv[2]);  // our own program wrote it
  for (const Shape& shape : kShapes) {
    if (std::strcmp(argv[1], shape.name) != 0) continue;
    if (write(STDERR_FILENO, unitcost::kBegun, std::strlen(unitcost::kBegun)) < 0) return unitcost::kWrongUsage;
    const volatile int* object = shape.make(value);
    return *object == value ? unitcost::kSawOldValue : unitcost::kSawOtherValue;
  }
  return unitcost::kWrongUsage;
}
