#include "benchmarks/kernels/memory_alias.hpp"

namespace unitcost::kernels {
namespace {

const Line** slot_of(const Line* at, std::ptrdiff_t shift_bytes) {
  return reinterpret_cast<const Line**>(const_cast<char*>(reinterpret_cast<const char*>(at)) + shift_bytes);
}

/// The empty statement keeps the store where it is, before the load.
[[gnu::always_inline]] inline const Line* store_and_step(const Line* at, std::ptrdiff_t shift_bytes) {
  const Line** const slot = slot_of(at, shift_bytes);
  *slot = at;
  asm volatile("" : "+m"(*slot));
  return at->next;
}

}  // namespace

const Line* walk_storing(const Line* at, std::ptrdiff_t shift_bytes, std::uint64_t steps) {
  for (; steps >= 4; steps -= 4) {
    at = store_and_step(at, shift_bytes);
    at = store_and_step(at, shift_bytes);
    at = store_and_step(at, shift_bytes);
    at = store_and_step(at, shift_bytes);
  }
  for (; steps > 0; --steps) at = store_and_step(at, shift_bytes);
  return at;
}

const Line* stored_for(const Line* at, std::ptrdiff_t shift_bytes) { return *slot_of(at, shift_bytes); }

}  // namespace unitcost::kernels
