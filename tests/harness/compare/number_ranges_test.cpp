#include "harness/compare/number_ranges.hpp"

#include <gtest/gtest.h>

namespace unitcost {
namespace {

TEST(NumberRanges, JoinWhatDiffersInNumbersAlone) {
  EXPECT_EQ(with_ranges({"9.5 % of 3 CPUs", "10.2 % of 3 CPUs", "0.4 % of 3 CPUs"}), "0.4 to 10.2 % of 3 CPUs");
  EXPECT_EQ(with_ranges({"the same 7"}), "the same 7");
  EXPECT_EQ(without_numbers("used 3.1 %"), without_numbers("used 12 %"));
  EXPECT_NE(without_numbers("used 3 %"), without_numbers("used 3 ms"));
  EXPECT_NE(without_numbers("1 and 2"), without_numbers("1 and"));
}

TEST(NumberRanges, LeaveWordsAndVersionsAlone) {
  for (const char* const word : {"x86", "L1", "3de0aa70", "2026-01-02", "1.7.1", "a_1"}) {
    EXPECT_EQ(without_numbers(word), word);
    EXPECT_EQ(with_ranges({word}), word);
  }
  EXPECT_NE(without_numbers("library 1.7.1"), without_numbers("library 1.8.1"));
  EXPECT_EQ(with_ranges({"it took 5.", "it took 7."}), "it took 5 to 7.");
}

}  // namespace
}  // namespace unitcost
