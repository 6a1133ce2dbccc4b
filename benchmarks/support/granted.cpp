#include "benchmarks/support/granted.hpp"

#include <fmt/format.h>

#include "benchmarks/support/case.hpp"
#include "benchmarks/support/room.hpp"

namespace unitcost {

void make_present(const Mapping& memory, Pages pages) {
  constexpr double kLeastHugeShare = 0.9;
  need_memory(memory.bytes().size());
  memory.touch();
  if (pages == Pages::kBase) return;
  const double share = memory.huge_share();
  if (share < 0.0) throw CannotMeasure("the kernel does not say what it backs with huge pages (/proc/self/smaps)");
  if (share < kLeastHugeShare)
    throw CannotMeasure(fmt::format("the kernel backs {:.0f} % of the memory with huge pages", 100 * share));
}

Mapping granted(std::uint64_t bytes, Pages pages) {
  need_memory(bytes);  // before the kernel is asked for that much address space
  Mapping memory = Mapping::anonymous(bytes, pages);
  make_present(memory, pages);
  return memory;
}

}  // namespace unitcost
