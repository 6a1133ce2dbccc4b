// Question:  What is the least that a value costs: in a register, in the first cache, and on its way through a store?
// Method:    Chains in which each step needs the one before: additions in a register, on a counter in memory, and in a register that is stored to a cell and loaded from
//            it at every link; and a walk in the first cache that stores before each load, 4096 or 6144 bytes behind it.
// Wrong way: A loop that adds without a chain, or moves a register: the processor does several at once, or none.
// Control:   The chain of additions twice as long costs the same per link, so nothing but the links is timed. The walk without the stores is that of memory/cache_cliffs.
#include "benchmarks/kernels/memory_alias.hpp"
#include "benchmarks/kernels/memory_register.hpp"
#include "benchmarks/support/case.hpp"
#include "benchmarks/support/placement.hpp"

namespace {
using namespace unitcost;

constexpr std::uint64_t kShortChain = 1024;

#ifdef __x86_64__
constexpr bool kAddsToMemory = true;
#else
constexpr bool kAddsToMemory = false;
#endif

void time_register(benchmark::State& state, std::uint64_t links) {
  const std::uint64_t step = next_draw();
  if (kernels::add_chain(3, step, links) != 3 + links * step) return failed(state, "the chain does not add up");
  std::uint64_t value = 0;
  for (auto _ : state) {
    value = kernels::add_chain(value, step, links);
    benchmark::DoNotOptimize(value);
  }
  report_per_op(state, "access_ns", static_cast<double>(links));
}

using ChainInMemory = std::uint64_t (*)(std::uint64_t& cell, std::uint64_t step, std::uint64_t links);

void time_in_memory(benchmark::State& state, ChainInMemory chain) {
  const PlacedBuffer room(sizeof(std::uint64_t), next_draw());
  auto& cell = *reinterpret_cast<std::uint64_t*>(room.bytes().data());
  const std::uint64_t step = next_draw();
  if (chain(cell, step, kShortChain) != kShortChain * step) return failed(state, "the chain does not add up");
  for (auto _ : state) benchmark::DoNotOptimize(chain(cell, step, kShortChain));
  report_per_op(state, "access_ns", static_cast<double>(kShortChain));
}

/// The lines of the first half of a page, and behind them the stores: whole pages behind, or in the half of a page that no load reads.
void time_storing(benchmark::State& state, std::ptrdiff_t shift_bytes) {
  constexpr std::size_t kPageBytes = 4096;
  constexpr std::uint32_t kLines = kPageBytes / 2 / kernels::kLineBytes;
  const PlacedBuffer room(3 * kPageBytes, 0);
  const auto successor = kernels::make_cycle(kLines, kernels::Order::kRandom, next_draw());
  const auto ring = kernels::LineRing::link(room.bytes().first(kPageBytes / 2), successor);
  const auto* at = kernels::walk_storing(ring.start(), shift_bytes, kLines);
  if (!ring.is_full_cycle() || at != ring.start()) return failed(state, "the ring is not one cycle");
  for (const kernels::Line& line : ring.nodes()) {
    if (kernels::stored_for(&line, shift_bytes) != &line) return failed(state, "a store did not arrive");
  }
  for (auto _ : state) {
    at = kernels::walk_storing(at, shift_bytes, kShortChain);
    benchmark::DoNotOptimize(at);
  }
  report_per_op(state, "access_ns", static_cast<double>(kShortChain));
}

}  // namespace

void unitcost::register_cases(CaseRegistry& cases) {
  cases.add("register/links:short", Timing::kWall, [](benchmark::State& state) { time_register(state, kShortChain); });
  cases.add("register/links:long", Timing::kWall,
            [](benchmark::State& state) { time_register(state, 2 * kShortChain); });
  cases.add("forward/instructions:one", Timing::kWall, [](benchmark::State& state) {
    if (!kAddsToMemory) throw CannotMeasure("this processor has no instruction that adds to memory");
    time_in_memory(state, kernels::add_chain_in_memory);
  });
  cases.add("forward/instructions:three", Timing::kWall,
            [](benchmark::State& state) { time_in_memory(state, kernels::add_chain_stored_and_loaded); });
  cases.add("store_before_load/low_bits:equal", Timing::kWall,
            [](benchmark::State& state) { time_storing(state, 4096); });
  cases.add("store_before_load/low_bits:different", Timing::kWall,
            [](benchmark::State& state) { time_storing(state, 4096 + 2048); });
}
