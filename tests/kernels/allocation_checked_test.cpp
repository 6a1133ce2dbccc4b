#include "benchmarks/kernels/allocation_checked.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

namespace unitcost::kernels {
namespace {

/// The numbers that a seed stands for, written down a second time.
std::vector<std::uint64_t> numbers_of(std::uint64_t count, std::uint64_t seed) {
  std::vector<std::uint64_t> numbers;
  for (std::uint64_t state = seed; numbers.size() < count;) {
    state = state * 6364136223846793005U + 1442695040888963407U;
    numbers.push_back(state / (std::uint64_t{1} << 33U));
  }
  return numbers;
}

std::uint64_t weighted(const std::vector<std::uint64_t>& numbers) {
  std::uint64_t sum = 0;
  for (std::size_t at = 0; at < numbers.size(); ++at) sum += (at + 1) * numbers[at];
  return sum;
}

class CheckedKernels : public ::testing::TestWithParam<std::uint64_t> {};

TEST_P(CheckedKernels, SortTheNumbersOfTheSeed) {
  auto numbers = numbers_of(GetParam(), 99);
  std::sort(numbers.begin(), numbers.end());
  EXPECT_EQ(sort_numbers(GetParam(), 99), weighted(numbers));
}

TEST_P(CheckedKernels, ListTheNumbersOfTheSeedTheLastOneFirst) {
  auto numbers = numbers_of(GetParam(), 7);
  std::reverse(numbers.begin(), numbers.end());
  EXPECT_EQ(build_list(GetParam(), 7), weighted(numbers));
}

INSTANTIATE_TEST_SUITE_P(Sizes, CheckedKernels, ::testing::Values(0, 1, 2, 33, 16384, 100'001));

TEST(CheckedKernels, DependOnTheSeed) {
  EXPECT_NE(sort_numbers(100, 1), sort_numbers(100, 2));
  EXPECT_NE(build_list(100, 1), build_list(100, 2));
}

}  // namespace
}  // namespace unitcost::kernels
