// Question:  What does finding the page of an address cost, apart from fetching the line?
// Method:    Walk at random inside a window of 64 base pages before the next window, so that seven pages in eight are found in the TLB; beside it the walk at random over all
//            lines (memory/cache_cliffs). And walk one line of each page, for 4 pages and more.
// Wrong way: Visiting all lines of a window before the next one: neighbours are fetched together, so the walk finds half of its lines in the cache (71 ns where 110 are true).
// Control:   The same walks on huge pages, where both orders find their pages; as many lines as there are pages, side by side, where nothing but the pages is missing.
#include "benchmarks/kernels/memory_pages.hpp"
#include "benchmarks/memory/rings.hpp"

#include <memory>
#include <optional>
#include <stdexcept>
#include <utility>

namespace {
using namespace unitcost;

constexpr std::uint64_t kBasePageBytes = 4096;

/// One line in each page.
struct PageRing {
  std::uint64_t pages = 0;
  Pages kind = Pages::kBase;
  Mapping memory;
  const kernels::Line* at;
};

using PageSlot = std::optional<PageRing>;

PageRing& ready(PageSlot& slot, std::uint64_t pages, Pages kind) {
  if (slot && slot->pages == pages && slot->kind == kind) return *slot;
  slot.reset();
  const std::uint64_t page_bytes = kind == Pages::kBase ? kBasePageBytes : kHugePageBytes;
  Mapping memory = granted_memory(pages * page_bytes, kind, 0);
  const auto cycle = kernels::make_cycle(static_cast<std::uint32_t>(pages), kernels::Order::kRandom, next_draw());
  const auto* start = kernels::link_pages(memory.bytes(), page_bytes, cycle);
  if (!kernels::is_cycle_of(start, pages)) throw std::runtime_error("the ring is not one cycle");
  slot.emplace(PageRing{pages, kind, std::move(memory), start});
  return *slot;
}

void time_reach(benchmark::State& state, PageSlot& slot, std::uint64_t pages, Pages kind) {
  PageRing& ring = ready(slot, pages, kind);
  const auto* at = ring.at;
  for (auto _ : state) {
    at = kernels::walk(at, kStepsPerBatch);
    benchmark::DoNotOptimize(at);
  }
  ring.at = at;
  report_per_op(state, "access_ns", kStepsPerBatch);
}

}  // namespace

void unitcost::register_cases(CaseRegistry& cases) {
  using kernels::Order;
  const auto slot = std::make_shared<RingSlot>();
  const auto add_local = [&](std::uint64_t bytes, Pages kind) {
    cases.add(fmt::format("walk/order:local/page:{}/bytes:{}", name_of(kind), bytes), Timing::kWall,
              [=](benchmark::State& state) { time_walk(state, *slot, {bytes, Order::kLocal, kind}); });
  };
  for (const auto bytes : {256 * kKiB, kMiB, 4 * kMiB, 16 * kMiB, 64 * kMiB, 256 * kMiB})
    add_local(bytes, Pages::kBase);
  add_local(256 * kMiB, Pages::kHuge);

  const auto page_slot = std::make_shared<PageSlot>();
  const auto add_reach = [&](std::uint64_t pages, Pages kind) {
    cases.add(fmt::format("reach/page:{}/pages:{}", name_of(kind), pages), Timing::kWall,
              [=](benchmark::State& state) { time_reach(state, *page_slot, pages, kind); });
  };
  for (const std::uint64_t pages : {4U, 64U, 128U, 256U, 512U, 1024U, 2048U, 4096U, 16384U, 65536U}) {
    add_reach(pages, Pages::kBase);
    cases.add(fmt::format("side_by_side/pages:{}", pages), Timing::kWall, [=](benchmark::State& state) {
      time_walk(state, *slot, {pages * kernels::kLineBytes, Order::kRandom, Pages::kHuge});
    });
  }
  for (const std::uint64_t pages : {16U, 32U}) add_reach(pages, Pages::kBase);
  for (const std::uint64_t pages : {4U, 16U, 32U, 64U, 128U}) add_reach(pages, Pages::kHuge);
}
