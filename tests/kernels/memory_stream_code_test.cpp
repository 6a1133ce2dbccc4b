// Bandwidth is a matter of the instructions: what the compiler made of the streams, the chains and the visits is read back from this program.
#include <gtest/gtest.h>

#include <string>

#include "tests/kernels/machine_code.hpp"

namespace unitcost::kernels {
namespace {

using testing_support::count;
using testing_support::instructions_of;
using testing_support::why_not;

/// Mangled: unitcost::kernels::<set>::<function>(std::span<const std::uint64_t>, std::uint64_t), and the like.
std::string read_of(const std::string& set) {
  return "_ZN8unitcost7kernels" + set + "4readESt4spanIKmLm18446744073709551615EEm";
}
std::string write_of(const std::string& set, const std::string& function) {
  return "_ZN8unitcost7kernels" + set + function + "ESt4spanImLm18446744073709551615EEmm";
}
std::string copy_of(const std::string& set) {
  return "_ZN8unitcost7kernels" + set + "4copyESt4spanImLm18446744073709551615EES2_IKmLm18446744073709551615EEm";
}

struct Set {
  std::string mangled;    ///< of the namespace
  std::string registers;  ///< in which its vectors are
};

class CodeOf : public testing::TestWithParam<Set> {
 protected:
  void SetUp() override {
    if (!why_not().empty()) GTEST_SKIP() << why_not();
  }
};

TEST_P(CodeOf, ReadIsEightWideLoadsATurnIntoEightSums) {
  const auto code = instructions_of(read_of(GetParam().mangled));
  ASSERT_FALSE(code.empty());
  const std::string wide = R"(^v?(paddq|movdqa(64)?|movaps) .*\(%r\w+(,%r\w+,1)?\),.*)" + GetParam().registers;
  EXPECT_GE(count(code, wide), 8U) << "loads of the whole width, alone or within the addition";
  EXPECT_GE(count(code, "^v?paddq .*" + GetParam().registers), 8U + 7U) << "eight sums, added up at the end";
}

TEST_P(CodeOf, WriteIsEightWideStoresATurnAndNoCall) {
  const auto code = instructions_of(write_of(GetParam().mangled, "5write"));
  ASSERT_FALSE(code.empty());
  EXPECT_GE(count(code, "^v?mov(dqa(64)?|aps) %" + GetParam().registers + R"(\d+,.*\()"), 8U);
  EXPECT_EQ(count(code, "^call"), 0U) << "memset would write in a way of its own";
}

TEST_P(CodeOf, WritePastCachesIsEightWideStoresOfThatKindATurn) {
  const auto code = instructions_of(write_of(GetParam().mangled, "17write_past_caches"));
  ASSERT_FALSE(code.empty());
  EXPECT_GE(count(code, "^v?movnt(dq|ps) %" + GetParam().registers + R"(\d+,.*\()"), 8U);
  EXPECT_EQ(count(code, "^sfence"), 1U) << "once a pass";
}

TEST_P(CodeOf, CopyIsEightWideLoadsAndStoresATurnAndNoCall) {
  const auto code = instructions_of(copy_of(GetParam().mangled));
  ASSERT_FALSE(code.empty());
  EXPECT_GE(count(code, R"(^v?mov(dqa(64)?|aps) .*\(%r.*\),%)" + GetParam().registers), 8U);
  EXPECT_GE(count(code, "^v?mov(dqa(64)?|aps) %" + GetParam().registers + R"(\d+,.*\()"), 8U);
  EXPECT_EQ(count(code, "^call"), 0U) << "memcpy would copy in a way of its own";
}

INSTANTIATE_TEST_SUITE_P(EachVector, CodeOf,
                         testing::Values(Set{"4sse2", "xmm"}, Set{"4avx2", "ymm"}, Set{"6avx512", "zmm"}),
                         [](const auto& set) { return set.param.registers; });

TEST(Code, OfTheWordsHasNoVectorInIt) {
  if (!why_not().empty()) GTEST_SKIP() << why_not();
  const std::string set = "5words";
  const auto read = instructions_of(read_of(set));
  EXPECT_GE(count(read, R"(^add .*\(%r\w+\),%r\w+)"), 8U) << "one word a load";
  for (const auto& code : {read, instructions_of(write_of(set, "5write")), instructions_of(copy_of(set))}) {
    ASSERT_FALSE(code.empty());
    EXPECT_EQ(count(code, "^p?add.*mm|^call"), 0U);
    EXPECT_EQ(count(code, R"(^v?mov\w+ (%[xyz]mm\d+,.*\(|.*\),%[xyz]mm))"), 0U);
  }
  EXPECT_GE(count(instructions_of(write_of(set, "17write_past_caches")), R"(^movnti )"), 8U);
}

TEST(Code, OfEightChainsIsEightLoadsAStep) {
  if (!why_not().empty()) GTEST_SKIP() << why_not();
  const auto chains = instructions_of("_ZN8unitcost7kernels11walk_chainsILm8EEEvPPKNS0_4LineEm");
  ASSERT_FALSE(chains.empty());
  const std::size_t steps = count(chains, R"(^mov +(0x0)?\(%r\w+\),%r\w+)");
  EXPECT_GE(steps, 8U) << "a load for each chain, with nothing between them";
  EXPECT_EQ(count(chains, R"(^mov .*\(%rsp\))"), 0U) << "the walkers are in registers";
}

TEST(Code, OfTheVisitsHoldsThePrefetchesAndTheWork) {
  if (!why_not().empty()) GTEST_SKIP() << why_not();
  const auto visits = instructions_of(
      "_ZN8unitcost7kernels5visitESt4spanIKNS0_4LineELm18446744073709551615EES1_IKjLm18446744073709551615EEmmmNS0_"
      "4WorkE");
  ASSERT_FALSE(visits.empty());
#if defined(__clang__)  // unrolls these loops
  EXPECT_GE(count(visits, "^prefetch"), 2U) << "one in each of the two loops with a distance, of four loops";
#else
  EXPECT_EQ(count(visits, "^prefetch"), 2U) << "one in each of the two loops with a distance, of four loops";
#endif
  EXPECT_GE(count(visits, "^ro[lr]"), 2U * 60U) << "the work is there, not folded";
}

}  // namespace
}  // namespace unitcost::kernels
