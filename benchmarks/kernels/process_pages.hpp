#pragma once
// One access to each base page of a range: what it costs is what the kernel does at the first one.
#include <cstddef>
#include <cstdint>
#include <span>

namespace unitcost::kernels {

constexpr std::size_t kBasePageBytes = 4096;

/// Writes value + i into page i of `memory`, one eight-byte word a page, and returns the number of pages. The word lies in another
/// line of each page, because words at one offset of many pages would share one set of the cache. `memory` begins at a page.
std::uint64_t write_pages(std::span<std::byte> memory, std::uint64_t value);

/// Sum of the words that write_pages() writes.
std::uint64_t read_pages(std::span<const std::byte> memory);

/// What read_pages() gives after write_pages(value) on so many pages.
constexpr std::uint64_t sum_of_pages(std::uint64_t pages, std::uint64_t value) {
  return pages * value + (pages % 2 == 0 ? pages / 2 * (pages - 1) : (pages - 1) / 2 * pages);
}

}  // namespace unitcost::kernels
