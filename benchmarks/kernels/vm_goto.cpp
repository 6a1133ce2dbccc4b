// Token-threaded dispatch: every instruction ends in its own indirect jump through a table, so that a predictor sees which instruction it
// comes from (Ertl & Gregg 2003). Labels as values are an extension of GCC and Clang. Alone in its file, as vm_switch.cpp.
#include <array>

#include "benchmarks/kernels/vm_bytecode.hpp"

#pragma GCC diagnostic ignored "-Wpedantic"

namespace unitcost::kernels {

std::uint64_t run_goto(const VmWord* code, std::uint64_t argument) {
  static const std::array<const void*, kVmOps> kTargets = {
      &&kPush, &&kLoad,       &&kStore, &&kAdd,   &&kSubtract, &&kMultiply,   &&kXor,
      &&kAnd,  &&kShiftRight, &&kLess,  &&kEqual, &&kJump,     &&kJumpIfZero, &&kHalt};
  std::array<std::uint64_t, kVmLocals> locals{argument};
  std::array<std::uint64_t, kVmStackDepth> stack;
  std::uint64_t* top = stack.data();
  const VmWord* at = code;
  VmWord word = *at++;
  goto* kTargets[word & 0xffU];
#define UNITCOST_VM_CASE(op) op:
#define UNITCOST_VM_NEXT \
  word = *at++;          \
  goto* kTargets[word & 0xffU];
#include "benchmarks/kernels/vm_instructions.inc"
#undef UNITCOST_VM_CASE
#undef UNITCOST_VM_NEXT
}

}  // namespace unitcost::kernels
