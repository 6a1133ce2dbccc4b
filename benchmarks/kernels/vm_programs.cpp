// The workloads as code for the machine, written as a compiler without optimisation would.
#include "benchmarks/kernels/vm_bytecode.hpp"

namespace unitcost::kernels {
namespace {

constexpr std::uint32_t kArgument = 0;

class Assembler {
 public:
  void emit(VmOp op, std::uint32_t operand = 0) { code_.push_back(encode(op, operand)); }
  [[nodiscard]] std::uint32_t here() const { return static_cast<std::uint32_t>(code_.size()); }

  /// A jump whose target is not known yet.
  [[nodiscard]] std::uint32_t emit_forward(VmOp op) {
    emit(op);
    return here() - 1;
  }
  void land(std::uint32_t jump) { code_[jump] = encode(op_of(code_[jump]), here()); }

  /// local = local op constant
  void update(std::uint32_t local, VmOp op, std::uint32_t constant) {
    emit(VmOp::kLoad, local);
    emit(VmOp::kPush, constant);
    emit(op);
    emit(VmOp::kStore, local);
  }
  std::vector<VmWord> take() { return std::move(code_); }

 private:
  std::vector<VmWord> code_;
};

std::vector<VmWord> assemble_mix() {
  constexpr std::uint32_t kValue = 1;
  constexpr std::uint32_t kIndex = 2;
  Assembler a;
  a.emit(VmOp::kPush, 1);
  a.emit(VmOp::kStore, kValue);
  const std::uint32_t loop = a.here();
  a.emit(VmOp::kLoad, kIndex);
  a.emit(VmOp::kLoad, kArgument);
  a.emit(VmOp::kLess);
  const std::uint32_t out = a.emit_forward(VmOp::kJumpIfZero);
  a.emit(VmOp::kLoad, kValue);  // value * 31 + index
  a.emit(VmOp::kPush, 31);
  a.emit(VmOp::kMultiply);
  a.emit(VmOp::kLoad, kIndex);
  a.emit(VmOp::kAdd);
  a.emit(VmOp::kLoad, kValue);  // ^ value >> 7
  a.emit(VmOp::kPush, 7);
  a.emit(VmOp::kShiftRight);
  a.emit(VmOp::kXor);
  a.emit(VmOp::kStore, kValue);
  a.update(kIndex, VmOp::kAdd, 1);
  a.emit(VmOp::kJump, loop);
  a.land(out);
  a.emit(VmOp::kLoad, kValue);
  a.emit(VmOp::kHalt);
  return a.take();
}

std::vector<VmWord> assemble_collatz() {
  constexpr std::uint32_t kStart = 1;
  constexpr std::uint32_t kX = 2;
  constexpr std::uint32_t kSteps = 3;
  Assembler a;
  a.emit(VmOp::kPush, 1);
  a.emit(VmOp::kStore, kStart);
  const std::uint32_t next_start = a.here();
  a.emit(VmOp::kLoad, kStart);
  a.emit(VmOp::kLoad, kArgument);
  a.emit(VmOp::kLess);
  const std::uint32_t out = a.emit_forward(VmOp::kJumpIfZero);
  a.emit(VmOp::kLoad, kStart);
  a.emit(VmOp::kStore, kX);
  const std::uint32_t step = a.here();
  a.emit(VmOp::kPush, 1);
  a.emit(VmOp::kLoad, kX);
  a.emit(VmOp::kLess);
  const std::uint32_t reached_one = a.emit_forward(VmOp::kJumpIfZero);
  a.emit(VmOp::kLoad, kX);
  a.emit(VmOp::kPush, 1);
  a.emit(VmOp::kAnd);
  const std::uint32_t even = a.emit_forward(VmOp::kJumpIfZero);
  a.update(kX, VmOp::kMultiply, 3);
  a.update(kX, VmOp::kAdd, 1);
  const std::uint32_t count_it = a.emit_forward(VmOp::kJump);
  a.land(even);
  a.update(kX, VmOp::kShiftRight, 1);
  a.land(count_it);
  a.update(kSteps, VmOp::kAdd, 1);
  a.emit(VmOp::kJump, step);
  a.land(reached_one);
  a.update(kStart, VmOp::kAdd, 1);
  a.emit(VmOp::kJump, next_start);
  a.land(out);
  a.emit(VmOp::kLoad, kSteps);
  a.emit(VmOp::kHalt);
  return a.take();
}

}  // namespace

std::string_view name_of(VmWorkload workload) { return workload == VmWorkload::kMix ? "mix" : "collatz"; }

std::vector<VmWord> assemble(VmWorkload workload) {
  return workload == VmWorkload::kMix ? assemble_mix() : assemble_collatz();
}

}  // namespace unitcost::kernels
