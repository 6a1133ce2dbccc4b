#pragma once
// A ring of nodes that a dependent walk follows, and the same nodes read independently.
#include <cstddef>
#include <cstdint>
#include <span>

#include "benchmarks/kernels/memory_order.hpp"

namespace unitcost::kernels {

constexpr std::size_t kLineBytes = 64;

/// One node a line, so that every step touches another line.
struct alignas(kLineBytes) Line {
  const Line* next;
  std::uint64_t index;  ///< own position in memory
};

/// A node that is nothing but its link: eight of them share a line.
struct Link {
  const Link* next;
};

/// Nodes linked in the caller's memory, which must outlive the ring. Node is Line or Link.
template <class Node>
class RingOf {
 public:
  /// Writes the nodes in order of address. Throws std::invalid_argument unless `memory` is aligned to a node and holds at least successor.size() >= 1 nodes.
  static RingOf link(std::span<std::byte> memory, std::span<const std::uint32_t> successor);

  [[nodiscard]] std::span<const Node> nodes() const { return nodes_; }
  [[nodiscard]] const Node* start() const { return nodes_.data(); }

  /// What the values of all nodes add up to when the ring is one cycle, modulo 2^64: by a formula, without reading them.
  [[nodiscard]] std::uint64_t total() const;

  /// True when following `next` from any node visits every node once before it returns. Visits all of them, many at a time.
  [[nodiscard]] bool is_full_cycle() const;

  /// True when the ring is one cycle that visits its nodes in the order of `visits`. Reads them in that order too, many at a time: the fastest
  /// check where the order is known.
  [[nodiscard]] bool follows(std::span<const std::uint32_t> visits) const;

 private:
  explicit RingOf(std::span<const Node> nodes) : nodes_(nodes) {}
  std::span<const Node> nodes_;
};

using LineRing = RingOf<Line>;
using LinkRing = RingOf<Link>;

/// The node that is `steps` links after `at`: one dependent load a step and nothing else.
const Line* walk(const Line* at, std::uint64_t steps);
const Link* walk(const Link* at, std::uint64_t steps);

/// What a sum adds for one node: its position, or for a link the address that it holds.
inline std::uint64_t value_of(const Line& line) { return line.index; }
inline std::uint64_t value_of(const Link& link) { return reinterpret_cast<std::uintptr_t>(link.next); }

/// Sum of the values of the nodes visits[from], visits[from + 1], …, `steps` of them, beginning anew after the last. The addresses are known early, so the loads
/// may overlap. `visits` holds positions in `nodes`; from < visits.size(), or steps is 0.
std::uint64_t sum(std::span<const Line> nodes, std::span<const std::uint32_t> visits, std::size_t from,
                  std::uint64_t steps);
std::uint64_t sum(std::span<const Link> nodes, std::span<const std::uint32_t> visits, std::size_t from,
                  std::uint64_t steps);

/// Sum of the values of all links in order of address, read 16 bytes at a time and without a list of positions.
std::uint64_t sum_straight(std::span<const Link> links);

/// Throws the lines of `memory` out of all caches. False, and nothing done, where we know no instruction for it.
bool evict(std::span<const std::byte> memory);

}  // namespace unitcost::kernels
