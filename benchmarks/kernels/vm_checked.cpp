#include <array>
#include <stdexcept>
#include <string>

#include "benchmarks/kernels/vm_bytecode.hpp"

namespace unitcost::kernels {
namespace {

[[noreturn]] void reject(const char* what, std::size_t at) {
  throw std::runtime_error(std::string("bytecode: ") + what + " at word " + std::to_string(at));
}

class Stack {
 public:
  void push(std::uint64_t value, std::size_t at) {
    if (depth_ == slots_.size()) reject("stack overflow", at);
    slots_[depth_++] = value;
  }
  std::uint64_t pop(std::size_t at) {
    if (depth_ == 0) reject("stack underflow", at);
    return slots_[--depth_];
  }

 private:
  std::array<std::uint64_t, kVmStackDepth> slots_{};
  std::size_t depth_ = 0;
};

std::uint64_t compute(VmOp op, std::uint64_t left, std::uint64_t right, std::size_t at) {
  switch (op) {
    case VmOp::kAdd:
      return left + right;
    case VmOp::kSubtract:
      return left - right;
    case VmOp::kMultiply:
      return left * right;
    case VmOp::kXor:
      return left ^ right;
    case VmOp::kAnd:
      return left & right;
    case VmOp::kShiftRight:
      if (right >= 64) reject("shift by 64 or more", at);
      return left >> right;
    case VmOp::kLess:
      return left < right ? 1 : 0;
    case VmOp::kEqual:
      return left == right ? 1 : 0;
    default:
      reject("unknown opcode", at);
  }
}

}  // namespace

VmRun run_checked(std::span<const VmWord> code, std::uint64_t argument, std::uint64_t most_instructions) {
  std::array<std::uint64_t, kVmLocals> locals{argument};
  Stack stack;
  std::size_t at = 0;
  for (std::uint64_t executed = 1; executed <= most_instructions; ++executed) {
    if (at >= code.size()) reject("no instruction", at);
    const std::size_t here = at++;
    const std::uint32_t operand = operand_of(code[here]);
    const VmOp op = op_of(code[here]);
    switch (op) {
      case VmOp::kPush:
        stack.push(operand, here);
        break;
      case VmOp::kLoad:
      case VmOp::kStore:
        if (operand >= kVmLocals) reject("no such local", here);
        if (op == VmOp::kLoad) stack.push(locals[operand], here);
        else locals[operand] = stack.pop(here);
        break;
      case VmOp::kJump:
        at = operand;
        break;
      case VmOp::kJumpIfZero:
        if (stack.pop(here) == 0) at = operand;
        break;
      case VmOp::kHalt:
        return {stack.pop(here), executed};
      default: {
        const std::uint64_t right = stack.pop(here);
        const std::uint64_t left = stack.pop(here);
        stack.push(compute(op, left, right, here), here);
      }
    }
  }
  throw std::runtime_error("bytecode: more than " + std::to_string(most_instructions) + " instructions");
}

}  // namespace unitcost::kernels
