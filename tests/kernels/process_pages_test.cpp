#include "benchmarks/kernels/process_pages.hpp"

#include <gtest/gtest.h>

#include <span>
#include <vector>

namespace unitcost::kernels {
namespace {

struct alignas(kBasePageBytes) Page {
  std::byte bytes[kBasePageBytes];
};

TEST(Pages, ReadBackWhatWasWritten) {
  for (const std::size_t count : {0U, 1U, 3U, 64U, 65U, 1001U}) {
    std::vector<Page> pages(count);
    const auto memory = std::as_writable_bytes(std::span(pages));
    EXPECT_EQ(write_pages(memory, 11), count);
    EXPECT_EQ(read_pages(memory), sum_of_pages(count, 11)) << count;
  }
}

TEST(Pages, AreWrittenOnceEach) {
  std::vector<Page> pages(130);
  const auto memory = std::as_writable_bytes(std::span(pages));
  write_pages(memory, 1U << 20U);
  for (const Page& page : pages) {
    int touched = 0;
    for (std::size_t at = 0; at < kBasePageBytes; at += 8)
      touched += page.bytes[at + 2] != std::byte{0} ? 1 : 0;  // bit 20 lies in byte 2
    EXPECT_EQ(touched, 1);
  }
}

TEST(Pages, ThatAreCutShortAreLeftAlone) {
  std::vector<Page> pages(2);
  const auto memory = std::as_writable_bytes(std::span(pages)).first(kBasePageBytes + 100);
  EXPECT_EQ(write_pages(memory, 5), 1U);
}

TEST(SumOfPages, IsWhatTheWordsAddUpTo) {
  EXPECT_EQ(sum_of_pages(0, 9), 0U);
  EXPECT_EQ(sum_of_pages(1, 9), 9U);
  EXPECT_EQ(sum_of_pages(3, 10), 10U + 11 + 12);
  EXPECT_EQ(sum_of_pages(4, 10), 10U + 11 + 12 + 13);
}

}  // namespace
}  // namespace unitcost::kernels
