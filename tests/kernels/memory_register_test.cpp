#include "benchmarks/kernels/memory_register.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace unitcost::kernels {
namespace {

constexpr auto kLinks = {0U, 1U, 3U, 4U, 5U, 15U, 16U, 17U, 1023U, 100000U};

TEST(AddChain, AddsTheStepOnceALink) {
  for (const std::uint64_t links : kLinks) EXPECT_EQ(add_chain(5, 7, links), 5 + 7 * links) << links;
}

TEST(AddChain, WrapsAround) { EXPECT_EQ(add_chain(std::numeric_limits<std::uint64_t>::max(), 1, 2), 1U); }

TEST(AddChainInMemory, AddsTheStepOnceALinkAndLeavesTheSumInTheCell) {
  for (const auto chain : {add_chain_in_memory, add_chain_stored_and_loaded}) {
    for (const std::uint64_t links : kLinks) {
      std::uint64_t cell = 5;
      EXPECT_EQ(chain(cell, 7, links), 5 + 7 * links) << links;
      EXPECT_EQ(cell, 5 + 7 * links) << links;
    }
  }
}

TEST(AddChainInMemory, WrapsAround) {
  for (const auto chain : {add_chain_in_memory, add_chain_stored_and_loaded}) {
    std::uint64_t cell = std::numeric_limits<std::uint64_t>::max();
    EXPECT_EQ(chain(cell, 1, 2), 1U);
  }
}

}  // namespace
}  // namespace unitcost::kernels
