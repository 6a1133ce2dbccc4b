#include "benchmarks/kernels/memory_pages.hpp"

#include <gtest/gtest.h>

#include <set>
#include <stdexcept>
#include <vector>

namespace unitcost::kernels {
namespace {

constexpr std::size_t kPageBytes = 4096;

std::vector<Line> room_for(std::size_t pages) { return std::vector<Line>(pages * kPageBytes / kLineBytes); }

TEST(RingOfPages, VisitsOneLineOfEachPage) {
  for (const std::uint32_t pages : {1U, 3U, 64U, 65U, 1001U}) {
    auto room = room_for(pages);
    const auto memory = std::as_writable_bytes(std::span(room));
    const Line* at = link_pages(memory, kPageBytes, make_cycle(pages, Order::kRandom, 5));
    EXPECT_TRUE(is_cycle_of(at, pages));
    std::set<std::size_t> seen;
    for (std::uint32_t step = 0; step < pages; ++step, at = walk(at, 1))
      seen.insert(static_cast<std::size_t>(reinterpret_cast<const std::byte*>(at) - memory.data()) / kPageBytes);
    EXPECT_EQ(seen.size(), pages);
  }
}

TEST(RingOfPages, PutsTheLinesOfNeighboursIntoDifferentSets) {
  for (const std::size_t page_bytes : {kPageBytes, std::size_t{2} << 20U}) {
    std::set<std::size_t> sets;
    for (std::size_t page = 1000; page < 1064; ++page) {
      const std::size_t offset = line_offset(page, page_bytes);
      EXPECT_LT(offset, page_bytes);
      EXPECT_EQ(offset % kLineBytes, 0U);
      sets.insert(offset / kLineBytes % 64);
    }
    EXPECT_EQ(sets.size(), 64U);
  }
}

TEST(RingOfPages, OfTwoCyclesIsNone) {
  auto room = room_for(4);
  const Line* start =
      link_pages(std::as_writable_bytes(std::span(room)), kPageBytes, std::vector<std::uint32_t>{1, 0, 3, 2});
  EXPECT_FALSE(is_cycle_of(start, 4));
  EXPECT_TRUE(is_cycle_of(start, 2));
  EXPECT_FALSE(is_cycle_of(start, 1));
}

TEST(RingOfPages, RefusesWhatItCannotLink) {
  auto room = room_for(2);
  const auto memory = std::as_writable_bytes(std::span(room));
  const std::vector<std::uint32_t> none;
  EXPECT_THROW(link_pages(memory, kPageBytes, none), std::invalid_argument);
  EXPECT_THROW(link_pages(memory, kPageBytes, make_cycle(3, Order::kRandom, 1)), std::invalid_argument);
  EXPECT_THROW(link_pages(memory.subspan(8), kPageBytes, make_cycle(1, Order::kRandom, 1)), std::invalid_argument);
  EXPECT_THROW(link_pages(memory, 100, make_cycle(2, Order::kRandom, 1)), std::invalid_argument);
}

}  // namespace
}  // namespace unitcost::kernels
