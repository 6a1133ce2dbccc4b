// Question:  What does one load cost when the next address depends on it, by size of the memory that is walked?
// Method:    Walk one random cycle over all cache lines of 1 KiB to 1 GiB, on base and on huge pages.
// Wrong way: Walking with a fixed stride, or at random inside a small window: the prefetcher hides the memory, or the TLB does (9 ns and 58 ns where 168 are true).
// Control:   memory/access_order: in half of the first cache the order costs nothing. memory/tlb: what of the cost is the search for the page.
#include "benchmarks/memory/rings.hpp"

#include <memory>

void unitcost::register_cases(CaseRegistry& cases) {
  const auto slot = std::make_shared<RingSlot>();
  for (const Pages pages : {Pages::kBase, Pages::kHuge}) {
    for (const std::uint64_t bytes : sizes_between(kKiB, pages == Pages::kBase ? kGiB / 2 : kGiB)) {
      cases.add(fmt::format("walk/page:{}/bytes:{}", name_of(pages), bytes), Timing::kWall,
                [=](benchmark::State& state) { time_walk(state, *slot, {bytes, kernels::Order::kRandom, pages}); });
    }
  }
}
