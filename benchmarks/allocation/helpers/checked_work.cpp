// Does the work that it is asked for on standard input until that ends. Compiled without checks and with them.
#include "benchmarks/allocation/checked_work.hpp"

#include <unistd.h>

int main() {
  unitcost::CheckedWork work;
  while (read(STDIN_FILENO, &work, sizeof work) == sizeof work) {
    const std::uint64_t answer = unitcost::answer_of(work);
    if (write(STDOUT_FILENO, &answer, sizeof answer) != sizeof answer) return 1;
  }
  return 0;
}
