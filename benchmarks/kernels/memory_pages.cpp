#include "benchmarks/kernels/memory_pages.hpp"

#include <new>
#include <stdexcept>
#include <vector>

namespace unitcost::kernels {

std::size_t line_offset(std::size_t page, std::size_t page_bytes) {
  return page % (page_bytes / kLineBytes) * kLineBytes;
}

const Line* link_pages(std::span<std::byte> memory, std::size_t page_bytes, std::span<const std::uint32_t> successor) {
  const bool aligned = reinterpret_cast<std::uintptr_t>(memory.data()) % kLineBytes == 0;
  if (successor.empty() || !aligned || page_bytes % kLineBytes != 0 || memory.size() / page_bytes < successor.size())
    throw std::invalid_argument("a ring of pages needs aligned memory for at least one page, and for all of its pages");
  const auto line_of = [&](std::size_t page) {
    return reinterpret_cast<Line*>(memory.data() + page * page_bytes + line_offset(page, page_bytes));
  };
  for (std::size_t page = 0; page < successor.size(); ++page)
    ::new (line_of(page)) Line{line_of(successor[page]), page};
  return line_of(0);
}

bool is_cycle_of(const Line* start, std::size_t lines) {
  std::vector<bool> seen(lines);
  const Line* at = start;
  for (std::size_t step = 0; step < lines; ++step, at = at->next) {
    if (at->index >= lines || seen[at->index]) return false;
    seen[at->index] = true;
  }
  return at == start;
}

}  // namespace unitcost::kernels
