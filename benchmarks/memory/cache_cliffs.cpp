// Question:  What does one load cost when the next address depends on it, by size of the memory that is walked?
// Method:    Walk one random cycle over all cache lines of 4 KiB to 4 GiB, on base and on huge pages; a chain of additions for what no memory costs.
// Wrong way: Walking with a fixed stride, or at random inside a small window: the prefetcher hides the memory, or the TLB does (9 ns and 58 ns where 168 are true).
// Control:   The chain of additions twice as long costs the same per link, so nothing but the links is timed.
#include "benchmarks/kernels/memory_register.hpp"
#include "benchmarks/memory/rings.hpp"

namespace {
using namespace unitcost;

void time_register(benchmark::State& state, std::uint64_t links) {
  const std::uint64_t step = next_draw();
  if (kernels::add_chain(3, step, links) != 3 + links * step) return failed(state, "the chain does not add up");
  std::uint64_t value = 0;
  for (auto _ : state) {
    value = kernels::add_chain(value, step, links);
    benchmark::DoNotOptimize(value);
  }
  report_per_op(state, "link_ns", static_cast<double>(links));
}

}  // namespace

void unitcost::register_cases(CaseRegistry& cases) {
  constexpr std::uint64_t kShortChain = 1024;
  cases.add("register/links:short", Timing::kWall, [](benchmark::State& state) { time_register(state, kShortChain); });
  cases.add("register/links:long", Timing::kWall,
            [](benchmark::State& state) { time_register(state, 2 * kShortChain); });

  const auto slot = std::make_shared<RingSlot>();
  for (const Pages pages : {Pages::kBase, Pages::kHuge}) {
    for (const std::uint64_t bytes : sizes_between(4 * kKiB, 4 * kGiB)) {
      cases.add(fmt::format("walk/page:{}/bytes:{}", name_of(pages), bytes), Timing::kWall,
                [=](benchmark::State& state) { time_walk(state, *slot, {bytes, kernels::Order::kRandom, pages}); });
    }
  }
}
