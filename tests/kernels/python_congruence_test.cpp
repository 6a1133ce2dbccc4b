#include "benchmarks/kernels/python_congruence.hpp"

#include <gtest/gtest.h>

namespace unitcost::kernels {
namespace {

TEST(Congruence, FirstStepsAreThoseOfTheFormula) {
  EXPECT_EQ(walk_congruence(1, 0), 1U);
  EXPECT_EQ(walk_congruence(1, 1), 1103527590U);  // below 2^31, so nothing is cut
  EXPECT_EQ(walk_congruence(0, 2), (std::uint64_t{12345} * 1103515245U + 12345U) % (std::uint64_t{1} << 31));
}

TEST(Congruence, ShortCutAgreesWithTheWalk) {
  for (const std::uint64_t steps : {0U, 1U, 2U, 3U, 63U, 64U, 65U, 1000U, 99'999U}) {
    for (const std::uint64_t state : {0U, 1U, 77U, 2'147'483'647U}) {
      EXPECT_EQ(jump_congruence(state, steps), walk_congruence(state, steps)) << steps << " steps from " << state;
    }
  }
}

TEST(Congruence, ComesBackAfterItsWholePeriodAndNotBefore) {
  constexpr std::uint64_t kPeriod = std::uint64_t{1} << 31;
  EXPECT_EQ(jump_congruence(5, kPeriod), 5U);
  EXPECT_NE(jump_congruence(5, kPeriod / 2), 5U);
}

}  // namespace
}  // namespace unitcost::kernels
