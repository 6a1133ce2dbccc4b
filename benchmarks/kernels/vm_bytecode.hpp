#pragma once
// A stack machine of fourteen instructions, small enough that fetch, decode and dispatch are most of what it does.
// An instruction is one 32-bit word: the opcode in the low 8 bits, an operand (constant, slot or target) in the 24 above.
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace unitcost::kernels {

using VmWord = std::uint32_t;

/// The order is that of the jump table in vm_goto.cpp.
enum class VmOp : std::uint8_t {
  kPush,   ///< push the operand
  kLoad,   ///< push local[operand]
  kStore,  ///< pop into local[operand]
  kAdd,    ///< pop right, pop left, push left + right (modulo 2^64, as all arithmetic here)
  kSubtract,
  kMultiply,
  kXor,
  kAnd,
  kShiftRight,
  kLess,  ///< push 1 when left < right, else 0
  kEqual,
  kJump,        ///< go on at word `operand`
  kJumpIfZero,  ///< pop; go on at word `operand` when it was 0
  kHalt,        ///< pop the result and end
};
constexpr std::size_t kVmOps = 14;
constexpr std::size_t kVmLocals = 8;  ///< local 0 holds the argument at the start, the others 0
constexpr std::size_t kVmStackDepth = 16;

constexpr VmWord encode(VmOp op, std::uint32_t operand = 0) { return static_cast<VmWord>(op) | operand << 8U; }
constexpr VmOp op_of(VmWord word) { return static_cast<VmOp>(word & 0xffU); }
constexpr std::uint32_t operand_of(VmWord word) { return word >> 8U; }

enum class VmWorkload {
  kMix,      ///< one loop of dependent arithmetic: the order of instructions never changes
  kCollatz,  ///< nested loops whose branch follows the data: total steps of 3x+1 for all starts below the argument
};
std::string_view name_of(VmWorkload workload);  ///< "mix", "collatz", as case names say it

/// The workload as code for the machine.
std::vector<VmWord> assemble(VmWorkload workload);

struct VmRun {
  std::uint64_t result = 0;
  std::uint64_t executed = 0;  ///< instructions, the last one included
};

/// The reference: slow, checks every opcode, slot, target and the stack, and counts. Throws std::runtime_error on code that
/// the fast machines must not be given, and when more than `most_instructions` were executed.
VmRun run_checked(std::span<const VmWord> code, std::uint64_t argument, std::uint64_t most_instructions);

/// The three techniques. They check nothing: give them only code that run_checked() accepted for this argument.
std::uint64_t run_switch(const VmWord* code, std::uint64_t argument);  ///< one switch in a loop
std::uint64_t run_goto(const VmWord* code,
                       std::uint64_t argument);  ///< token-threaded: each instruction jumps to the next through a table
std::uint64_t run_native(VmWorkload workload, std::uint64_t argument);  ///< the same algorithm as compiled code

}  // namespace unitcost::kernels
