// Question:  What does finding the page of an address cost, apart from fetching the line?
// Method:    Walk at random inside a window of 64 base pages before the next window, so that seven pages in eight are found in the TLB; beside it the walk at random over all
//            lines (memory/cache_cliffs). And walk one line of each page, for 4 pages and more.
// Wrong way: Visiting all lines of a window before the next one: neighbours are fetched together, so the walk finds half of its lines in the cache (71 ns where 110 are true).
// Control:   The same walks on huge pages, where hardly a page is searched for: what the two orders differ by there is nearness, and not the search.
//            As many lines as there are pages, side by side, where nothing but the pages is missing.
#include <memory>

#include <fmt/format.h>

#include "benchmarks/memory/page_ring.hpp"
#include "benchmarks/memory/rings.hpp"

namespace {
using namespace unitcost;

void time_reach(benchmark::State& state, PageRingSlot& slot, std::uint64_t pages, Pages kind) {
  PageRing& ring = slot.ready(pages, kind);
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

  const auto page_slot = std::make_shared<PageRingSlot>();
  const auto add_reach = [&](std::uint64_t pages, Pages kind) {
    cases.add(fmt::format("reach/page:{}/pages:{}", name_of(kind), pages), Timing::kWall,
              [=](benchmark::State& state) { time_reach(state, *page_slot, pages, kind); });
  };
  for (const std::uint64_t pages : {4U, 64U, 128U, 256U, 512U, 1024U, 2048U, 4096U, 16384U, 65536U, 131072U, 262144U}) {
    add_reach(pages, Pages::kBase);
    cases.add(fmt::format("side_by_side/pages:{}", pages), Timing::kWall, [=](benchmark::State& state) {
      time_walk(state, *slot, {pages * kernels::kLineBytes, Order::kRandom, Pages::kHuge});
    });
  }
  for (const std::uint64_t pages : {16U, 32U}) add_reach(pages, Pages::kBase);
  for (const std::uint64_t pages : {4U, 16U, 32U, 64U, 128U, 256U, 512U, 1024U, 2048U}) add_reach(pages, Pages::kHuge);
}
