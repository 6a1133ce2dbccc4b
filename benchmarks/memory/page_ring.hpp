#pragma once
// A ring with one line in each page, ready to be walked.
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <utility>

#include "benchmarks/kernels/memory_order.hpp"
#include "benchmarks/kernels/memory_pages.hpp"
#include "benchmarks/kernels/memory_ring.hpp"
#include "benchmarks/memory/rings.hpp"
#include "benchmarks/support/case.hpp"
#include "benchmarks/support/mapping.hpp"
#include "benchmarks/support/room.hpp"
#include "benchmarks/support/sizes.hpp"

namespace unitcost {

constexpr std::uint64_t kBasePageBytes = 4096;

/// `at` is where the walk stopped; the next one goes on from there.
struct PageRing {
  std::uint64_t pages = 0;
  Pages kind = Pages::kBase;
  Mapping memory;
  const kernels::Line* at;
};

/// Holds the ring of the case that runs, as RingSlotOf does: one over less than kPlacedAnewBelow is linked anew, in other pages and another order, for every repetition. Either was walked before it is handed out.
class PageRingSlot {
 public:
  /// Throws CannotMeasure where memory or huge pages are missing, std::runtime_error when the ring is not one cycle.
  PageRing& ready(std::uint64_t pages, Pages kind) {
    const std::uint64_t page_bytes = kind == Pages::kBase ? kBasePageBytes : kHugePageBytes;
    const bool is_small = pages * page_bytes < kPlacedAnewBelow;
    const bool is_held = held_ && held_->pages == pages && held_->kind == kind;
    if (is_held && !is_small) return *held_;
    Mapping memory = is_held ? std::move(held_->memory) : grant(pages * page_bytes, kind);
    const std::uint64_t places = memory.bytes().size() / page_bytes - pages + 1;
    const std::uint64_t offset = is_small ? next_draw() % places * page_bytes : 0;
    const auto cycle = kernels::make_cycle(static_cast<std::uint32_t>(pages), kernels::Order::kRandom, next_draw());
    const auto* start = kernels::link_pages(memory.bytes().subspan(offset, pages * page_bytes), page_bytes, cycle);
    if (!kernels::is_cycle_of(start, pages)) throw std::runtime_error("the ring is not one cycle");
    constexpr std::uint64_t kWarmRounds = 2;
    held_.emplace(PageRing{pages, kind, std::move(memory), kernels::walk(start, kWarmRounds * pages)});
    return *held_;
  }

 private:
  Mapping grant(std::uint64_t bytes, Pages kind) {
    if (kind == Pages::kBase) need_pages_of_4_kib();
    held_.reset();  // before the next one asks for memory
    return granted(bytes < kPlacedAnewBelow ? 2 * kMiB : bytes, kind);
  }

  std::optional<PageRing> held_;
};

}  // namespace unitcost
