#include "benchmarks/kernels/vm_bytecode.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <limits>
#include <stdexcept>
#include <vector>

#include "benchmarks/interpreter/vm_shape.hpp"

namespace unitcost::kernels {
namespace {

constexpr std::uint64_t kMost = 50'000'000;

struct Sized {
  VmWorkload workload;
  std::uint64_t argument;
};

class EveryTechnique : public testing::TestWithParam<Sized> {};

TEST_P(EveryTechnique, ComputesWhatTheReferenceComputes) {
  const auto [workload, argument] = GetParam();
  const auto code = assemble(workload);
  const auto expected = run_checked(code, argument, kMost);
  EXPECT_EQ(run_switch(code.data(), argument), expected.result);
  EXPECT_EQ(run_goto(code.data(), argument), expected.result);
  EXPECT_EQ(run_native(workload, argument), expected.result);
}

INSTANTIATE_TEST_SUITE_P(Mix, EveryTechnique,
                         testing::Values(Sized{VmWorkload::kMix, 0}, Sized{VmWorkload::kMix, 1},
                                         Sized{VmWorkload::kMix, 7}, Sized{VmWorkload::kMix, 1001},
                                         Sized{VmWorkload::kMix, 200'000}));
INSTANTIATE_TEST_SUITE_P(Collatz, EveryTechnique,
                         testing::Values(Sized{VmWorkload::kCollatz, 0}, Sized{VmWorkload::kCollatz, 1},
                                         Sized{VmWorkload::kCollatz, 2}, Sized{VmWorkload::kCollatz, 3},
                                         Sized{VmWorkload::kCollatz, 27}, Sized{VmWorkload::kCollatz, 9999}));

TEST(Collatz, AddsUpTheStepsThatAreKnown) {
  // Steps to 1 for the starts 1…9: 0 1 7 2 5 8 16 3 19.
  EXPECT_EQ(run_native(VmWorkload::kCollatz, 10), 61U);
  // 27 takes 111 steps.
  EXPECT_EQ(run_native(VmWorkload::kCollatz, 28) - run_native(VmWorkload::kCollatz, 27), 111U);
}

TEST(Mix, FollowsItsRecurrence) {
  // value = (value * 31 + i) ^ (value >> 7), from 1: 31, then 31 * 31 + 1 = 962, then (962 * 31 + 2) ^ 7 = 29824 ^ 7.
  EXPECT_EQ(run_native(VmWorkload::kMix, 1), 31U);
  EXPECT_EQ(run_native(VmWorkload::kMix, 2), 962U);
  EXPECT_EQ(run_native(VmWorkload::kMix, 3), 29824U ^ 7U);
}

TEST(RunChecked, CountsEveryInstruction) {
  EXPECT_EQ(run_checked(assemble(VmWorkload::kMix), 0, kMost).executed, 8U);
  const auto one = run_checked(assemble(VmWorkload::kMix), 1, kMost).executed;
  const auto two = run_checked(assemble(VmWorkload::kMix), 2, kMost).executed;
  EXPECT_EQ(two - one, 19U);  // the body of the loop
}

TEST(EveryInstruction, AgreesBetweenTheMachines) {
  constexpr std::uint64_t kArgument = std::numeric_limits<std::uint64_t>::max() - 4;
  for (const VmOp op : {VmOp::kAdd, VmOp::kSubtract, VmOp::kMultiply, VmOp::kXor, VmOp::kAnd, VmOp::kShiftRight,
                        VmOp::kLess, VmOp::kEqual}) {
    for (const std::uint32_t right : {0U, 1U, 5U, 63U}) {
      const std::vector<VmWord> code = {encode(VmOp::kLoad, 0), encode(VmOp::kPush, right), encode(op),
                                        encode(VmOp::kHalt)};
      const auto expected = run_checked(code, kArgument, kMost).result;
      EXPECT_EQ(run_switch(code.data(), kArgument), expected) << static_cast<int>(op) << " with " << right;
      EXPECT_EQ(run_goto(code.data(), kArgument), expected) << static_cast<int>(op) << " with " << right;
    }
  }
}

TEST(RunChecked, RefusesCodeThatTheFastMachinesMustNotBeGiven) {
  const auto run = [](std::vector<VmWord> code) { return run_checked(code, 3, 1000); };
  EXPECT_THROW(run({}), std::runtime_error);
  EXPECT_THROW(run({encode(VmOp::kHalt)}), std::runtime_error);  // nothing to return
  EXPECT_THROW(run({encode(VmOp::kAdd)}), std::runtime_error);   // nothing to add
  EXPECT_THROW(run({encode(VmOp::kLoad, kVmLocals), encode(VmOp::kHalt)}), std::runtime_error);
  EXPECT_THROW(run({encode(VmOp::kJump, 77)}), std::runtime_error);
  EXPECT_THROW(run({encode(VmOp::kJump, 0)}), std::runtime_error);                            // never ends
  EXPECT_THROW(run({encode(VmOp::kPush, 1), encode(VmOp::kJump, 0)}), std::runtime_error);    // the stack is full first
  EXPECT_THROW(run({static_cast<VmWord>(kVmOps), encode(VmOp::kHalt)}), std::runtime_error);  // no such opcode
  EXPECT_THROW(run({encode(VmOp::kPush, 1), encode(VmOp::kPush, 64), encode(VmOp::kShiftRight), encode(VmOp::kHalt)}),
               std::runtime_error);
}

TEST(VmShape, IsThatOfTheObjectCode) {
  const VmShape shape = vm_shape();
  if (!shape.goto_jumps) GTEST_SKIP() << "this build could not disassemble";
  EXPECT_EQ(shape.native_jumps, 0);
  EXPECT_GE(shape.switch_jumps, 1);
  EXPECT_GE(shape.goto_jumps, 1);
}

}  // namespace
}  // namespace unitcost::kernels
