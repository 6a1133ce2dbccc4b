#include "benchmarks/support/planted/planted.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace unitcost {
namespace {

const std::vector<std::string> kArguments{"program", "--benchmark_filter=^walk/bytes:16$",
                                          "--benchmark_out=/x/child-b.json"};

TEST(Planted, IsWhatTheLinesForThisProcessSay) {
  const Planted planted = planted_for("delay ^walk/bytes:64$ 0.5\ndelay ^walk/bytes:16$ 0.025\n", kArguments);
  EXPECT_DOUBLE_EQ(planted.delay_share, 0.025);
  EXPECT_FALSE(planted.loads);
  EXPECT_TRUE(planted_for("load child-b.json\n", kArguments).loads);
  EXPECT_FALSE(planted_for("load child-a.json\n", kArguments).loads);
  EXPECT_DOUBLE_EQ(planted_for("", kArguments).delay_share, 0.0);
  EXPECT_DOUBLE_EQ(planted_for("delay ^walk/bytes:1$ 0.5\n", kArguments).delay_share, 0.0) << "not a beginning";
}

TEST(Planted, RefusesWhatItDoesNotUnderstand) {
  for (const char* line : {"delay ^a$", "delay ^a$ much", "delay ^a$ -1", "load", "other", "\n"})
    EXPECT_THROW(planted_for(line, kArguments), std::invalid_argument) << line;
}

TEST(Debt, IsPaidInWholeOverManyRegions) {
  Debt debt(0.01);
  std::int64_t spun_ns = 0;
  for (int region = 0; region < 1000; ++region) {
    debt.add(10'000.0);
    if (debt.due_ns() == 0) continue;
    const std::int64_t too_long_ns = debt.due_ns() + 37;  // a clock is never exact
    spun_ns += too_long_ns;
    debt.paid(too_long_ns);
  }
  EXPECT_NEAR(static_cast<double>(spun_ns), 100'000.0, 2'100.0);
}

TEST(Debt, ASmallOneWaits) {
  Debt debt(0.01);
  debt.add(100'000.0);
  EXPECT_EQ(debt.due_ns(), 0);
  debt.add(150'000.0);
  EXPECT_EQ(debt.due_ns(), 2500);
}

}  // namespace
}  // namespace unitcost
