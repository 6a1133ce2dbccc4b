#include "benchmarks/kernels/memory_ring.hpp"

#include <algorithm>
#include <array>
#include <new>
#include <numeric>
#include <stdexcept>

namespace unitcost::kernels {
namespace {

std::uint64_t mix(std::uint64_t x) {  // splitmix64 (Steele, Lea, Flood 2014)
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9U;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebU;
  return x ^ (x >> 31);
}

std::vector<std::uint32_t> random_cycle(std::uint32_t lines, std::uint64_t seed) {
  std::vector<std::uint32_t> next(lines);
  std::iota(next.begin(), next.end(), 0U);
  // Sattolo: swap place i with one strictly before it, for i from the last place down to 1. Places are drawn kAhead swaps early:
  // enough to cover a miss to memory at a few ns a swap.
  constexpr std::uint32_t kAhead = 32;
  std::array<std::uint32_t, kAhead> drawn{};
  const auto draw = [&](std::uint32_t swap) {
    if (swap >= lines - 1) return;
    const std::uint64_t below = lines - 1 - swap;
    seed += 0x9e3779b97f4a7c15U;
    const auto place = static_cast<std::uint32_t>(((mix(seed) >> 32) * below) >> 32);
    drawn[swap % kAhead] = place;
    __builtin_prefetch(&next[place], 1);
  };
  for (std::uint32_t swap = 0; swap < kAhead; ++swap) draw(swap);
  for (std::uint32_t swap = 0; swap + 1 < lines; ++swap) {
    const std::uint32_t place = drawn[swap % kAhead];
    draw(swap + kAhead);
    std::swap(next[lines - 1 - swap], next[place]);
  }
  return next;
}

/// One of several walks that go on at the same time, from a post to the next.
struct Walker {
  const Line* at = nullptr;
  std::size_t post = 0;  ///< where it set out
};

bool is_one_cycle(std::span<const std::uint32_t> next) {
  std::size_t at = 0;
  for (std::size_t step = 1; step < next.size(); ++step) {
    at = next[at];
    if (at == 0) return false;
  }
  return next[at] == 0;
}

}  // namespace

std::string_view name_of(Order order) { return order == Order::kSequential ? "sequential" : "random"; }

std::vector<std::uint32_t> make_cycle(std::uint32_t lines, Order order, std::uint64_t seed) {
  if (lines == 0) throw std::invalid_argument("a cycle has at least one line");
  if (order == Order::kRandom) return random_cycle(lines, seed);
  std::vector<std::uint32_t> next(lines);
  std::iota(next.begin(), next.end(), 1U);
  next.back() = 0;
  return next;
}

LineRing LineRing::link(std::span<std::byte> memory, std::span<const std::uint32_t> successor) {
  const bool aligned = reinterpret_cast<std::uintptr_t>(memory.data()) % kLineBytes == 0;
  if (successor.empty() || !aligned || memory.size() / kLineBytes < successor.size()) {
    throw std::invalid_argument("a ring needs aligned memory for at least one line, and for all of its lines");
  }
  auto* lines = reinterpret_cast<Line*>(memory.data());
  for (std::size_t i = 0; i < successor.size(); ++i) ::new (&lines[i]) Line{&lines[successor[i]], i};
  return LineRing({lines, successor.size()});
}

// One walk after the other would wait for memory at every step. Lines whose index is a multiple of a power of two are posts; walks
// from several posts go on side by side, each to the next post on its way. The ring is one cycle exactly when the walks together
// took as many steps as there are lines and the posts follow each other in one cycle.
bool LineRing::is_full_cycle() const {
  constexpr std::size_t kWalkers = 16;  // about as many misses as a core keeps in flight
  constexpr std::size_t kMostPosts = 256;
  const std::size_t count = lines_.size();
  std::size_t spacing = 1;
  while (count / spacing >= kMostPosts) spacing *= 2;
  const std::size_t posts = (count + spacing - 1) / spacing;
  std::vector<std::uint32_t> next_post(posts);

  std::array<Walker, kWalkers> walkers{};
  std::size_t active = 0;
  std::size_t sent = 0;
  for (; active < std::min(kWalkers, posts); ++active, ++sent) walkers[active] = {&lines_[sent * spacing], sent};
  std::size_t steps = 0;
  while (active > 0) {
    steps += active;
    if (steps > count) return false;  // some walk never meets a post
    for (std::size_t w = 0; w < active; ++w) {
      Walker& walker = walkers[w];
      const std::uint64_t offset =
          reinterpret_cast<std::uintptr_t>(walker.at->next) - reinterpret_cast<std::uintptr_t>(start());
      if (offset >= lines_.size_bytes()) return false;
      walker.at = walker.at->next;
      const std::uint64_t index = walker.at->index;
      if (index * kLineBytes != offset) return false;
      if ((index & (spacing - 1)) != 0) continue;
      next_post[walker.post] = static_cast<std::uint32_t>(index / spacing);
      if (sent < posts) {
        walker = {&lines_[sent * spacing], sent};
        ++sent;
      } else {
        walker = walkers[--active];
        --w;
      }
    }
  }
  return steps == count && is_one_cycle(next_post);
}

const Line* walk(const Line* at, std::uint64_t steps) {
  for (; steps >= 16; steps -= 16) {  // unrolled, so that a step is its load alone
    at = at->next->next->next->next;
    at = at->next->next->next->next;
    at = at->next->next->next->next;
    at = at->next->next->next->next;
  }
  for (; steps > 0; --steps) at = at->next;
  return at;
}

std::uint64_t sum(std::span<const Line> lines, std::span<const std::uint32_t> order, std::size_t from,
                  std::uint64_t steps) {
  std::uint64_t total = 0;
  while (steps > 0) {
    const std::uint64_t run = std::min<std::uint64_t>(steps, order.size() - from);
    for (const std::uint32_t place : order.subspan(from, run)) total += lines[place].index;
    steps -= run;
    from = 0;
  }
  return total;
}

}  // namespace unitcost::kernels
