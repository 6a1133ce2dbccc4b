#include "benchmarks/kernels/memory_chains.hpp"

#include <array>
#include <bit>
#include <stdexcept>
#include <utility>

namespace unitcost::kernels {

/// The walkers are in registers, as far as there are registers (15 on x86-64). Not in the anonymous namespace: a test reads what it was compiled to.
template <std::size_t kChains>
void walk_chains(const Line** at, std::uint64_t steps) {
  [at, steps]<std::size_t... Chain>(std::index_sequence<Chain...>) mutable {
    std::array<const Line*, kChains> here{at[Chain]...};
    for (; steps > 0; --steps) ((here[Chain] = here[Chain]->next), ...);
    ((at[Chain] = here[Chain]), ...);
  }(std::make_index_sequence<kChains>());
}

namespace {

using Walk = void (*)(const Line**, std::uint64_t);

template <std::size_t... Before>
constexpr std::array<Walk, sizeof...(Before)> walks_of(std::index_sequence<Before...> /*numbers of chains, less one*/) {
  return {walk_chains<Before + 1>...};
}

/// The compiler does not see that the value is the same as before.
[[gnu::always_inline]] inline std::uint64_t unknown(std::uint64_t value) {
  asm("" : "+r"(value));
  return value;
}

template <std::size_t... Turn>
[[gnu::always_inline]] inline std::uint64_t sum_of_turns(std::uint64_t value, std::index_sequence<Turn...>) {
  std::array<std::uint64_t, 4> sums{};  // four chains of additions, so that none of them is what takes the time
  ((sums[Turn % 4] = unknown(sums[Turn % 4] + std::rotl(unknown(value), Turn % 63 + 1))), ...);
  return (sums[0] ^ sums[1]) + (sums[2] ^ sums[3]);
}

[[gnu::always_inline]] inline std::uint64_t work_on(std::uint64_t value) {
  constexpr std::size_t kTurns = 64;  // a copy, a rotation and an addition each
  return sum_of_turns(value, std::make_index_sequence<kTurns>());
}

template <bool kPrefetches, Work kWork>
std::uint64_t visit_all(const Line* lines, std::span<const std::uint32_t> order, std::size_t from, std::uint64_t steps,
                        std::size_t distance) {
  const std::size_t mask = order.size() - 1;
  std::uint64_t total = 0;
  for (const std::size_t end = from + steps; from != end; ++from) {
    if constexpr (kPrefetches) __builtin_prefetch(&lines[order[(from + distance) & mask]]);
    const std::uint64_t index = lines[order[from & mask]].index;
    total += kWork == Work::kNone ? index : work_on(index);
  }
  return total;
}

}  // namespace

void walk_together(std::span<const Line*> at, std::uint64_t steps) {
  static constexpr auto kWalks = walks_of(std::make_index_sequence<kMostChains>());
  if (at.empty() || at.size() > kMostChains) throw std::invalid_argument("1 to 16 chains are walked together");
  kWalks[at.size() - 1](at.data(), steps);
}

std::uint64_t worked(std::uint64_t index) { return work_on(index); }

std::uint64_t visit(std::span<const Line> lines, std::span<const std::uint32_t> order, std::size_t from,
                    std::uint64_t steps, std::size_t distance, Work work) {
  if (steps == 0) return 0;
  if (!std::has_single_bit(order.size())) throw std::invalid_argument("the list's length is a power of two");
  const bool prefetches = distance > 0;
  if (work == Work::kNone) {
    return prefetches ? visit_all<true, Work::kNone>(lines.data(), order, from, steps, distance)
                      : visit_all<false, Work::kNone>(lines.data(), order, from, steps, distance);
  }
  return prefetches ? visit_all<true, Work::kSome>(lines.data(), order, from, steps, distance)
                    : visit_all<false, Work::kSome>(lines.data(), order, from, steps, distance);
}

}  // namespace unitcost::kernels
