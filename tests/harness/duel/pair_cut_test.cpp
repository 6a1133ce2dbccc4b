// How long slices are, and how many a pair has.
#include "harness/duel/pair_cut.hpp"

#include <gtest/gtest.h>

namespace unitcost {
namespace {

PlannedCase planned(const char* program, const char* cpus, int sample_ms) {
  PlannedCase one;
  one.program = program;
  one.cpus = cpus;
  one.sample_ms = sample_ms;
  return one;
}

TEST(PairCut, SlicesAreAQuarterOfAMillisecondWhereTheSampleIsAsShortAsMost) {
  EXPECT_DOUBLE_EQ(slice_ms_of(planned("memory/tlb", "one", 5), {}), 0.25);
}

TEST(PairCut, ACaseThatAsksForALongSampleKeepsIt) {
  EXPECT_DOUBLE_EQ(slice_ms_of(planned("sync/mutex_semaphore", "two", 20), {}), 20.0);
  EXPECT_DOUBLE_EQ(slice_ms_of(planned("process/copy_on_write", "one", 20), {}), 20.0);
}

TEST(PairCut, PythonOnOneCpuHasShortSlicesWhateverItsSample) {
  EXPECT_DOUBLE_EQ(slice_ms_of(planned("python/list_order", "one", 20), {}), 0.25);
}

TEST(PairCut, PythonsThreadsKeepTheirLongSample) {
  EXPECT_DOUBLE_EQ(slice_ms_of(planned("python/gil_threads", "two", 50), {}), 50.0);
}

TEST(PairCut, SaysInWordsHowItCuts) { EXPECT_EQ(usual_cut_text(), "120 slices of 0.25 ms, or what fits into 0.13 s"); }

TEST(PairCut, WhatTheUserAsksForHoldsForAll) {
  EXPECT_DOUBLE_EQ(slice_ms_of(planned("memory/tlb", "one", 5), {.slice_ms = 2.0}), 2.0);
  EXPECT_DOUBLE_EQ(slice_ms_of(planned("python/gil_threads", "two", 50), {.slice_ms = 2.0}), 2.0);
  EXPECT_EQ(slices_of(0.5e-3, {.slices = 7}), 7);
}

TEST(PairCut, APairHasAHundredAndTwentySlicesOrAsManyAsFitAnEvenNumber) {
  EXPECT_EQ(slices_of(0.25e-3, {}), 120);
  EXPECT_EQ(slices_of(1.0e-3, {}), 120);  // 0.12 s
  EXPECT_EQ(slices_of(2.0e-3, {}), 64);   // 0.128 s
  EXPECT_EQ(slices_of(20.0e-3, {}), 6);   // 0.12 s
  EXPECT_EQ(slices_of(17.0e-3, {}), 6);   // seven would fit
  EXPECT_EQ(slices_of(100.0e-3, {}), 4);  // 0.4 s: fewer than four have no order ABBA twice
  EXPECT_EQ(slices_of(0.0, {}), 120);     // shorter than a clock sees
}

}  // namespace
}  // namespace unitcost
