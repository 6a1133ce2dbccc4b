#include "benchmarks/kernels/memory_ring.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <new>
#include <stdexcept>
#include <type_traits>
#include <vector>

#ifdef __x86_64__
#include <cpuid.h>
#endif

namespace unitcost::kernels {
namespace {

template <class Node>
Node make_node(const Node* next, std::size_t index) {
  if constexpr (std::is_same_v<Node, Line>) return {next, index};
  else return {next};
}

bool knows_its_place(const Line& line, std::uint64_t index) { return line.index == index; }
bool knows_its_place(const Link& /*link*/, std::uint64_t /*index*/) { return true; }

/// One of several walks that go on at the same time, from a post to the next.
template <class Node>
struct Walker {
  const Node* at = nullptr;
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

#ifdef __x86_64__
bool has_clflushopt() {
  unsigned a = 0;
  unsigned b = 0;
  unsigned c = 0;
  unsigned d = 0;
  return __get_cpuid_count(7, 0, &a, &b, &c, &d) != 0 && (b >> 23U & 1U) != 0;
}
#endif

template <class Node>
[[gnu::always_inline]] inline const Node* follow(const Node* at, std::uint64_t steps) {
  for (; steps >= 16; steps -= 16) {  // unrolled, so that a step is its load alone
    at = at->next->next->next->next;
    at = at->next->next->next->next;
    at = at->next->next->next->next;
    at = at->next->next->next->next;
  }
  for (; steps > 0; --steps) at = at->next;
  return at;
}

template <class Node>
[[gnu::always_inline]] inline std::uint64_t add_up(std::span<const Node> nodes, std::span<const std::uint32_t> visits,
                                                   std::size_t from, std::uint64_t steps) {
  std::uint64_t total = 0;
  while (steps > 0) {
    const std::uint64_t run = std::min<std::uint64_t>(steps, visits.size() - from);
    for (const std::uint32_t place : visits.subspan(from, run)) total += value_of(nodes[place]);
    steps -= run;
    from = 0;
  }
  return total;
}

using Pair [[gnu::vector_size(16)]] = std::uint64_t;  // what every x86-64 and ARMv8 has

[[gnu::always_inline]] inline Pair pair_at(const Link* links) {
  Pair pair;
  std::memcpy(&pair, links, sizeof pair);
  return pair;
}

}  // namespace

template <class Node>
RingOf<Node> RingOf<Node>::link(std::span<std::byte> memory, std::span<const std::uint32_t> successor) {
  const bool aligned = reinterpret_cast<std::uintptr_t>(memory.data()) % alignof(Node) == 0;
  if (successor.empty() || !aligned || memory.size() / sizeof(Node) < successor.size()) {
    throw std::invalid_argument("a ring needs aligned memory for at least one node, and for all of its nodes");
  }
  auto* nodes = reinterpret_cast<Node*>(memory.data());
  for (std::size_t i = 0; i < successor.size(); ++i) ::new (&nodes[i]) Node(make_node<Node>(&nodes[successor[i]], i));
  return RingOf({nodes, successor.size()});
}

template <class Node>
std::uint64_t RingOf<Node>::total() const {
  const std::uint64_t count = nodes_.size();
  const std::uint64_t positions = count % 2 == 0 ? count / 2 * (count - 1) : count * ((count - 1) / 2);
  if constexpr (std::is_same_v<Node, Line>) return positions;
  else return count * reinterpret_cast<std::uintptr_t>(start()) + positions * sizeof(Node);
}

template <class Node>
bool RingOf<Node>::follows(std::span<const std::uint32_t> visits) const {
  // Asked for so early, a random order takes half the time: 60 instead of 130 ms for 256 MiB, measured.
  constexpr std::size_t kAhead = 32;
  const std::size_t count = visits.size();
  if (count != nodes_.size() || std::ranges::max(visits) >= count) return false;
  std::uint32_t at = visits.back();
  bool links = true;
  std::size_t starts = 0;  // links that repeat before all nodes have been visited come back to where they began
  for (std::size_t i = 0; i < count; ++i) {
    __builtin_prefetch(&nodes_[visits[std::min(i + kAhead, count - 1)]]);
    const std::uint32_t visit = visits[i];
    links &= nodes_[at].next == &nodes_[visit] && knows_its_place(nodes_[at], at);
    if (visit == visits.front()) ++starts;
    at = visit;
  }
  return links && starts == 1;
}

// One walk after the other would wait for memory at every step. Nodes whose index is a multiple of a power of two are posts; walks
// from several posts go on side by side, each to the next post on its way. The ring is one cycle exactly when the walks together
// took as many steps as there are nodes and the posts follow each other in one cycle.
template <class Node>
bool RingOf<Node>::is_full_cycle() const {
  constexpr std::size_t kWalkers = 16;  // about as many misses as a core keeps in flight
  constexpr std::size_t kMostPosts = 256;
  const std::size_t count = nodes_.size();
  std::size_t spacing = 1;
  while (count / spacing >= kMostPosts) spacing *= 2;
  const std::size_t posts = (count + spacing - 1) / spacing;
  std::vector<std::uint32_t> next_post(posts);

  std::array<Walker<Node>, kWalkers> walkers{};
  std::size_t active = 0;
  std::size_t sent = 0;
  for (; active < std::min(kWalkers, posts); ++active, ++sent) walkers[active] = {&nodes_[sent * spacing], sent};
  std::size_t steps = 0;
  while (active > 0) {
    steps += active;
    if (steps > count) return false;  // some walk never meets a post
    for (std::size_t w = 0; w < active; ++w) {
      Walker<Node>& walker = walkers[w];
      const std::uint64_t offset =
          reinterpret_cast<std::uintptr_t>(walker.at->next) - reinterpret_cast<std::uintptr_t>(start());
      if (offset >= nodes_.size_bytes() || offset % sizeof(Node) != 0) return false;
      walker.at = walker.at->next;
      const std::uint64_t index = offset / sizeof(Node);
      if (!knows_its_place(*walker.at, index)) return false;
      if ((index & (spacing - 1)) != 0) continue;
      next_post[walker.post] = static_cast<std::uint32_t>(index / spacing);
      if (sent < posts) {
        walker = {&nodes_[sent * spacing], sent};
        ++sent;
      } else {
        walker = walkers[--active];
        --w;
      }
    }
  }
  return steps == count && is_one_cycle(next_post);
}

template class RingOf<Line>;
template class RingOf<Link>;

const Line* walk(const Line* at, std::uint64_t steps) { return follow(at, steps); }
const Link* walk(const Link* at, std::uint64_t steps) { return follow(at, steps); }

std::uint64_t sum(std::span<const Line> nodes, std::span<const std::uint32_t> visits, std::size_t from,
                  std::uint64_t steps) {
  return add_up(nodes, visits, from, steps);
}

std::uint64_t sum(std::span<const Link> nodes, std::span<const std::uint32_t> visits, std::size_t from,
                  std::uint64_t steps) {
  return add_up(nodes, visits, from, steps);
}

std::uint64_t sum_straight(std::span<const Link> links) {
  Pair a{};  // four additions under way, so that none waits for the one before
  Pair b{};
  Pair c{};
  Pair d{};
  std::size_t i = 0;
  for (; i + 8 <= links.size(); i += 8) {
    a += pair_at(&links[i]);
    b += pair_at(&links[i + 2]);
    c += pair_at(&links[i + 4]);
    d += pair_at(&links[i + 6]);
  }
  const Pair sums = (a + b) + (c + d);
  std::uint64_t total = sums[0] + sums[1];
  for (; i < links.size(); ++i) total += value_of(links[i]);
  return total;
}

bool evict(std::span<const std::byte> memory) {
#ifdef __x86_64__
  // clflush waits for the one before (280 ms for 128 MiB, measured), clflushopt does not (5 ms).
  if (has_clflushopt()) {
    for (std::size_t at = 0; at < memory.size(); at += kLineBytes) asm volatile("clflushopt %0" : : "m"(memory[at]));
  } else {
    for (std::size_t at = 0; at < memory.size(); at += kLineBytes) __builtin_ia32_clflush(&memory[at]);
  }
  __builtin_ia32_mfence();
  return true;
#else
  return memory.empty();
#endif
}

}  // namespace unitcost::kernels
