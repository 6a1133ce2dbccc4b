#include "harness/analyse/wording.hpp"

#include <cmath>
#include <optional>

#include <gtest/gtest.h>

namespace unitcost {
namespace {

TEST(ThreeDigits, NeverMoreNorLess) {
  EXPECT_EQ(three_digits(1.5234), "1.52");
  EXPECT_EQ(three_digits(1.5), "1.50");
  EXPECT_EQ(three_digits(167.6), "168");
  EXPECT_EQ(three_digits(1234.0), "1230");
  EXPECT_EQ(three_digits(12345.0), "12\u202f300");
  EXPECT_EQ(three_digits(-123456.0), "-123\u202f000");
  EXPECT_EQ(three_digits(2345678.0), "2\u202f350\u202f000");
  EXPECT_EQ(three_digits(999.7), "1000");
  EXPECT_EQ(three_digits(0.0027149), "0.00271");
  EXPECT_EQ(three_digits(0.99951), "1.00");
  EXPECT_EQ(three_digits(9.996), "10.0");
  EXPECT_EQ(three_digits(-42.0), "-42.0");
  EXPECT_EQ(three_digits(0.0), "0");
  EXPECT_EQ(three_digits(1.5e-6), "1.50e-06");
  EXPECT_EQ(three_digits(std::nan("")), "–");
}

TEST(WithUnit, SaysBytesInBinaryUnitsAndRatiosAsTimes) {
  EXPECT_EQ(with_unit(49152.0, "bytes"), "48 KiB");
  EXPECT_EQ(with_unit(1310720.0, "bytes"), "1.25 MiB");
  EXPECT_EQ(with_unit(100.0, "bytes"), "100 bytes");
  EXPECT_EQ(with_unit(1022.0, "bytes"), "1022 bytes");
  EXPECT_EQ(with_unit(2.0, "ratio"), "2.00 ×");
  EXPECT_EQ(with_unit(2.0, "us"), "2.00 µs");
  EXPECT_EQ(with_unit(2.0, ""), "2.00");
}

TEST(IntervalText, SaysTheUnitOfBytesAtBothEnds) {
  EXPECT_EQ(interval_text(1.5, 1.6, "ns"), "[1.50, 1.60]");
  EXPECT_EQ(interval_text(45056.0, 53248.0, "bytes"), "[44 KiB, 52 KiB]");
}

TEST(RangeText, SaysExpectationsAsPeopleDo) {
  const std::optional<double> none;
  EXPECT_EQ(range_text(1.0, 2.0, false, "ns"), "1–2 ns");
  EXPECT_EQ(range_text(32768.0, 65536.0, false, "bytes"), "32–64 KiB");
  EXPECT_EQ(range_text(262144.0, 1048576.0, false, "bytes"), "256 KiB–1 MiB");
  EXPECT_EQ(range_text(2.0, none, false, "ratio"), "at least 2 ×");
  EXPECT_EQ(range_text(none, 0.02, false, "faults per page"), "at most 0.02 faults per page");
  EXPECT_EQ(range_text(1.0, none, true, "ratio"), "above 1 ×");
  EXPECT_EQ(range_text(none, 1.0, true, ""), "below 1");
  EXPECT_EQ(range_text(2.0, 2.0, false, "threads"), "exactly 2 threads");
  EXPECT_EQ(range_text(1.0, 1.0, false, "threads"), "exactly 1 thread");
  EXPECT_EQ(range_text(none, none, false, "ns"), "reported");
}

TEST(WithFittingUnit, ChoosesTheUnitOfTimeBySize) {
  EXPECT_EQ(with_fitting_unit(101e6, "ns"), "101 ms");
  EXPECT_EQ(with_fitting_unit(999.4, "ns"), "999 ns");
  EXPECT_EQ(with_fitting_unit(999.7, "ns"), "1.00 µs");
  EXPECT_EQ(with_fitting_unit(2.5e9, "ns"), "2.50 s");
  EXPECT_EQ(with_fitting_unit(0.5, "us"), "500 ns");
  EXPECT_EQ(with_fitting_unit(0.012, "ns"), "0.0120 ns");
  EXPECT_EQ(with_fitting_unit(49152.0, "bytes"), "48 KiB");
  EXPECT_EQ(with_fitting_unit(std::nan(""), "ns"), with_unit(std::nan(""), "ns"));
}

TEST(Counted, IsOneOrMany) {
  EXPECT_EQ(counted(1, "pair"), "1 pair");
  EXPECT_EQ(counted(0, "pair"), "0 pairs");
  EXPECT_EQ(counted(12, "pair"), "12 pairs");
}

TEST(Counters, TellTheirUnitTitleAndDirection) {
  EXPECT_EQ(unit_of_counter("access_ns"), "ns");
  EXPECT_EQ(unit_of_counter("bytes_per_second"), "bytes/s");
  EXPECT_EQ(unit_of_counter("faults_per_page"), "faults/page");
  EXPECT_EQ(unit_of_counter("fairness_ratio"), "ratio");
  EXPECT_EQ(unit_of_counter("syscalls.openat"), "calls");
  EXPECT_EQ(unit_of_counter("peak_inside"), "");
  EXPECT_EQ(title_of_counter("acquire_release_ns"), "time per acquire release");
  EXPECT_EQ(title_of_counter("acquire_p99_ns"), "acquire p99");
  EXPECT_EQ(title_of_counter("fairness_ratio"), "fairness");
  EXPECT_EQ(lower_is_better("access_ns"), true);
  EXPECT_EQ(lower_is_better("syscalls"), true);
  EXPECT_EQ(lower_is_better("bytes_per_second"), false);
  EXPECT_EQ(lower_is_better("fairness_ratio"), false);
  EXPECT_EQ(lower_is_better("peak_inside"), std::nullopt);
}

TEST(Counters, ARateIsNoTimeAndMoreOfItIsBetter) {
  for (const char* const rate : {"ops_per_ns", "ops_per_us", "ops_per_ms", "ops_per_s", "items_per_second",
                                 "instructions_per_cycle", "bytes_per_clock"}) {
    EXPECT_EQ(lower_is_better(rate), false) << rate;
    EXPECT_FALSE(seconds_per(unit_of_counter(rate))) << rate;
  }
  EXPECT_EQ(unit_of_counter("ops_per_us"), "ops/µs");
  EXPECT_EQ(unit_of_counter("ops_per_s"), "ops/s");
  EXPECT_EQ(unit_of_counter("instructions_per_cycle"), "instructions/cycle");
  EXPECT_EQ(title_of_counter("ops_per_us"), "ops per us");
}

TEST(Counters, ATimeIsOneWhateverItIsOf) {
  for (const char* const time : {"shared_lock_ns", "per_thread_ns", "speedup_us", "ns_per_item", "cycles_per_byte"})
    EXPECT_EQ(lower_is_better(time), true) << time;
  EXPECT_EQ(unit_of_counter("ns_per_item"), "ns/item");
  EXPECT_EQ(lower_is_better("least_share_ratio"), false);
  EXPECT_EQ(lower_is_better("faults_per_page"), true);
}

TEST(SecondsPer, KnowsTheUnitsOfTime) {
  EXPECT_DOUBLE_EQ(seconds_per("ns").value(), 1e-9);
  EXPECT_DOUBLE_EQ(seconds_per("µs").value(), 1e-6);
  EXPECT_DOUBLE_EQ(seconds_per("us").value(), 1e-6);
  EXPECT_FALSE(seconds_per("bytes").has_value());
}

}  // namespace
}  // namespace unitcost
