#include "benchmarks/kernels/memory_register.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace unitcost::kernels {
namespace {

TEST(AddChain, AddsTheStepOnceALink) {
  for (const std::uint64_t links : {0U, 1U, 15U, 16U, 17U, 1023U, 100000U}) {
    EXPECT_EQ(add_chain(5, 7, links), 5 + 7 * links) << links;
  }
}

TEST(AddChain, WrapsAround) { EXPECT_EQ(add_chain(std::numeric_limits<std::uint64_t>::max(), 1, 2), 1U); }

}  // namespace
}  // namespace unitcost::kernels
