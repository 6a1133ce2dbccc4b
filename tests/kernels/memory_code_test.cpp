// The compiler could turn the kernels into something else that gives the same answer; what it made of them is read back from this program.
#include <gtest/gtest.h>

#include <string>

#include "tests/kernels/machine_code.hpp"

namespace unitcost::kernels {
namespace {

using testing_support::count;
using testing_support::instructions_of;
using testing_support::why_not;

/// Instructions with an operand in memory: what is left when no-operations and address arithmetic are.
constexpr const char* kInMemory = R"(^(?!nop|lea|cs nop|data16|prefetch).*\()";

TEST(Code, OfTheWalkIsOneLoadAStepAndTouchesNoOtherMemory) {
  if (!why_not().empty()) GTEST_SKIP() << why_not();
  for (const char* symbol : {"_ZN8unitcost7kernels4walkEPKNS0_4LineEm", "_ZN8unitcost7kernels4walkEPKNS0_4LinkEm"}) {
    const auto walk = instructions_of(symbol);
    const std::size_t loads = count(walk, R"(^mov +\(%r\w+\),%r\w+)");
    EXPECT_GE(loads, 16U + 1U) << "sixteen steps unrolled, and one in the loop for the rest";
    EXPECT_EQ(count(walk, kInMemory), loads) << "nothing else has an operand in memory";
  }
}

TEST(Code, OfTheWalkThatStoresIsOneStoreAndOneLoadAStep) {
  if (!why_not().empty()) GTEST_SKIP() << why_not();
  const auto walk = instructions_of("_ZN8unitcost7kernels12walk_storingEPKNS0_4LineElm");
  const std::size_t stores = count(walk, R"(^mov +%r\w+,\(%r\w+(,%r\w+,1)?\))");
  const std::size_t loads = count(walk, R"(^mov +\(%r\w+\),%r\w+)");
  EXPECT_GE(stores, 4U + 1U) << "four steps unrolled, and one in the loop for the rest";
  EXPECT_EQ(loads, stores);
  EXPECT_EQ(count(walk, kInMemory), stores + loads);
}

TEST(Code, OfTheStraightSumAddsSixteenBytesAtATime) {
  if (!why_not().empty()) GTEST_SKIP() << why_not();
  const auto sum = instructions_of("_ZN8unitcost7kernels12sum_straightESt4spanIKNS0_4LinkELm18446744073709551615EE");
  EXPECT_GE(count(sum, R"(^paddq +)"), 4U) << "four pairs of links a turn";
  EXPECT_EQ(count(sum, R"(^(movdqu|movups) +[-0-9a-fx]*\(%r\w+\),%xmm)"), 4U) << "and a load of 16 bytes for each";
  EXPECT_EQ(count(sum, R"(,[-0-9a-fx]*\(%r)"), 0U) << "nothing is stored";
}

TEST(Code, OfTheSumOverAListIsTwoLoadsAnElement) {
  if (!why_not().empty()) GTEST_SKIP() << why_not();
  const auto sum = instructions_of(
      "_ZN8unitcost7kernels3sumESt4spanIKNS0_4LineELm18446744073709551615EES1_IKjLm18446744073709551615EEmm");
  EXPECT_GE(count(sum, R"(^mov +\(%r\w+\),%e\w+)"), 1U) << "the position";
  EXPECT_GE(count(sum, R"(^add +(0x)?8\(%r\w+(,%r\w+,1)?\),%r\w+)"), 1U) << "the element";
}

TEST(Code, OfTheChainIsOneAdditionALink) {
  if (!why_not().empty()) GTEST_SKIP() << why_not();
  const auto chain = instructions_of("_ZN8unitcost7kernels9add_chainEmmm");
  EXPECT_GE(count(chain, R"(^add +%r\w+,%r\w+)"), 16U + 1U)
      << "sixteen links unrolled, and one in the loop for the rest";
  EXPECT_EQ(count(chain, R"(^(imul|shl|lea .*,[248]\)))"), 0U) << "additions are not folded";
}

TEST(Code, OfTheChainInMemoryIsOneInstructionALink) {
  if (!why_not().empty()) GTEST_SKIP() << why_not();
  const auto chain = instructions_of("_ZN8unitcost7kernels19add_chain_in_memoryERmmm");
  EXPECT_GE(count(chain, R"(^add +%r\w+,\(%r\w+\))"), 16U + 1U);
}

TEST(Code, OfTheChainThroughAStoreIsAnAdditionAStoreAndALoadALink) {
  if (!why_not().empty()) GTEST_SKIP() << why_not();
  const auto chain = instructions_of("_ZN8unitcost7kernels27add_chain_stored_and_loadedERmmm");
  EXPECT_GE(count(chain, R"(^add +%r\w+,%r\w+)"), 4U + 1U);
  EXPECT_GE(count(chain, R"(^mov +%r\w+,\(%r\w+\))"), 4U + 1U);
  EXPECT_GE(count(chain, R"(^mov +\(%r\w+\),%r\w+)"), 4U + 1U);
}

}  // namespace
}  // namespace unitcost::kernels
