// Dispatch by switch: every instruction goes back to one place that decodes the next. Alone in its file, because the build counts the
// indirect jumps of this object code (cmake/CountIndirectJumps.cmake).
#include <array>

#include "benchmarks/kernels/vm_bytecode.hpp"

namespace unitcost::kernels {

std::uint64_t run_switch(const VmWord* code, std::uint64_t argument) {
  std::array<std::uint64_t, kVmLocals> locals{argument};
  std::array<std::uint64_t, kVmStackDepth> stack;
  std::uint64_t* top = stack.data();
  const VmWord* at = code;
  for (;;) {
    const VmWord word = *at++;
    switch (op_of(word)) {
#define UNITCOST_VM_CASE(op) case VmOp::op:
#define UNITCOST_VM_NEXT break;
#include "benchmarks/kernels/vm_instructions.inc"
#undef UNITCOST_VM_CASE
#undef UNITCOST_VM_NEXT
      default:
        __builtin_unreachable();  // checked code has no other opcode: no range check that the other machine lacks
    }
  }
}

}  // namespace unitcost::kernels
