#pragma once
// A ring with one line in each page: what it costs beyond a ring of as many lines side by side is the search for the pages.
#include <cstddef>
#include <span>

#include "benchmarks/kernels/memory_ring.hpp"

namespace unitcost::kernels {

/// Where in its page the line of page `page` lies, so that the lines of neighbouring pages fall into different sets of a cache. A multiple of kLineBytes below page_bytes.
std::size_t line_offset(std::size_t page, std::size_t page_bytes);

/// Links one line in each page of `page_bytes` and gives the first one. `memory` outlives the ring and is aligned to a line.
/// Throws std::invalid_argument unless it holds successor.size() >= 1 pages.
const Line* link_pages(std::span<std::byte> memory, std::size_t page_bytes, std::span<const std::uint32_t> successor);

/// True when a walk from `start` visits `lines` different lines and then is back.
bool is_cycle_of(const Line* start, std::size_t lines);

}  // namespace unitcost::kernels
