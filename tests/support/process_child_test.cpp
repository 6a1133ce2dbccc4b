#include "benchmarks/process/child.hpp"

#include <gtest/gtest.h>

#include "benchmarks/kernels/process_pages.hpp"

namespace unitcost {
namespace {

bool no_child_is_left() { return waitpid(-1, nullptr, WNOHANG) == -1 && errno == ECHILD; }

Mapping touched(std::uint64_t pages) {
  Mapping memory = Mapping::anonymous(pages * kernels::kBasePageBytes, Pages::kBase);
  memory.touch();
  return memory;
}

TEST(MeasureInChild, BringsTheAnswerAndTheFaultsOfTheChild) {
  const Mapping memory = touched(100);
  const Mapping report = Mapping::shared(sizeof(Pass));
  kernels::write_pages(memory.bytes(), 1);
  const Pass pass =
      measure_in_child(report, [&] { return kernels::write_pages(memory.bytes(), 2); }, [] { return true; });
  EXPECT_EQ(pass.answer, 100U);
  EXPECT_GE(pass.faults, 100);
  EXPECT_GT(pass.seconds, 0.0);
  EXPECT_EQ(kernels::read_pages(memory.bytes()), kernels::sum_of_pages(100, 1)) << "the parent keeps its values";
  EXPECT_TRUE(no_child_is_left());
}

TEST(MeasureInChild, ThrowsWhenTheChildSeesSomethingElseOrFails) {
  const Mapping report = Mapping::shared(sizeof(Pass));
  const auto nothing = [] { return std::uint64_t{0}; };
  EXPECT_THROW(measure_in_child(report, nothing, [] { return false; }), std::runtime_error);
  EXPECT_THROW(measure_in_child(
                   report, []() -> std::uint64_t { throw std::runtime_error("broken"); }, [] { return true; }),
               std::runtime_error);
  EXPECT_TRUE(no_child_is_left());
}

TEST(StandingChild, KeepsTheOldValuesWhileTheParentWrites) {
  const Mapping memory = touched(50);
  kernels::write_pages(memory.bytes(), 1);
  StandingChild child([&] { return kernels::read_pages(memory.bytes()) == kernels::sum_of_pages(50, 1); });
  const Pass pass = measure([&] { return kernels::write_pages(memory.bytes(), 2); });
  EXPECT_GE(pass.faults, 50);
  EXPECT_NO_THROW(child.end());
  EXPECT_TRUE(no_child_is_left());
}

TEST(StandingChild, ThrowsAtItsEndWhenItSeesSomethingElse) {
  StandingChild child([] { return false; });
  EXPECT_THROW(child.end(), std::runtime_error);
  EXPECT_TRUE(no_child_is_left());
}

TEST(StandingChild, DoesNotOutliveItsOwner) {
  {
    const StandingChild child([] { return true; });
  }
  EXPECT_TRUE(no_child_is_left());
}

TEST(Measure, CountsNoFaultsOnMemoryThatIsPrivateAlready) {
  const Mapping memory = touched(200);
  kernels::write_pages(memory.bytes(), 1);
  EXPECT_LT(measure([&] { return kernels::write_pages(memory.bytes(), 2); }).faults, 20);
}

TEST(SharedMapping, IsSeenByBothSides) {
  const Mapping memory = Mapping::shared(10 * kernels::kBasePageBytes);
  const Mapping report = Mapping::shared(sizeof(Pass));
  measure_in_child(report, [&] { return kernels::write_pages(memory.bytes(), 7); }, [] { return true; });
  EXPECT_EQ(kernels::read_pages(memory.bytes()), kernels::sum_of_pages(10, 7));
}

}  // namespace
}  // namespace unitcost
