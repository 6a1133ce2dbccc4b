#pragma once
// The shape that the compiler gave to each virtual machine. A switch may be compiled to one indirect jump at the head of the loop (GCC)
// or to one at the end of every instruction (Clang), which is what a computed goto is written for: then there is nothing to compare.
#include <optional>

namespace unitcost {

/// Indirect jumps in the object code of one machine, counted by the build (cmake/CountIndirectJumps.cmake).
/// Absent where the build had no disassembler or does not know this processor's jumps.
struct VmShape {
  std::optional<int> switch_jumps;
  std::optional<int> goto_jumps;
  std::optional<int> native_jumps;
};
VmShape vm_shape();

}  // namespace unitcost
