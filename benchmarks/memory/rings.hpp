#pragma once
// Rings that are ready to be walked: linked and checked to be one cycle. Shared by the programs of this folder.
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "benchmarks/kernels/memory_ring.hpp"
#include "benchmarks/memory/settle.hpp"
#include "benchmarks/support/case.hpp"
#include "benchmarks/support/granted.hpp"
#include "benchmarks/support/mapping.hpp"
#include "benchmarks/support/room.hpp"
#include "benchmarks/support/sizes.hpp"

namespace unitcost {

struct RingSpec {
  std::uint64_t bytes = 0;
  kernels::Order order = kernels::Order::kRandom;
  Pages pages = Pages::kBase;
  std::uint64_t stride_bytes =
      0;  ///< not 0: instead of `order`, every node that lies so far behind the last one, column after column
  bool operator==(const RingSpec&) const = default;
};

/// A ring and the memory below it.
template <class Node>
struct ReadyRing {
  RingSpec spec;
  Mapping memory;
  std::vector<std::uint32_t> visits;  ///< the order of the walk, and that in which independent sums visit the nodes
  kernels::RingOf<Node> ring;
  const Node* at;           ///< where the walk stopped; the next one goes on from there
  std::size_t from = 0;     ///< where the sum stopped, as a position in `visits`
  bool is_settled = false;  ///< the walk
  bool sum_is_checked = false;
};

/// Below this a ring is linked anew, at another place and in another order, for every repetition; above it is built once a process.
constexpr std::uint64_t kPlacedAnewBelow = kMiB;

/// Per node, beside the ring: its place in the order of the visits, and its successor.
constexpr std::uint64_t kListBytes = 2 * sizeof(std::uint32_t);

/// As `granted`, where `beside` bytes more are needed on the heap.
inline Mapping granted_beside(std::uint64_t bytes, Pages pages, std::uint64_t beside) {
  need_memory(bytes + beside);
  return granted(bytes, pages);
}

/// Holds the ring of the case that runs. A later case takes its place, so that a program that runs all of its cases needs memory for one.
template <class Node>
class RingSlotOf {
 public:
  /// Throws CannotMeasure where memory or huge pages are missing, std::runtime_error when the ring is not one cycle or its sum is wrong.
  ReadyRing<Node>& ready(const RingSpec& spec) {
    if (spec.order == kernels::Order::kLocal) need_pages_of_4_kib();  // its windows are 64 of them
    if (!held_ || held_->spec != spec || spec.bytes < kPlacedAnewBelow) {
      if (held_ && held_->spec != spec) held_.reset();
      // Small rings get more pages than they need, so that another place is also another choice of page frames.
      const std::uint64_t bytes = spec.bytes < kPlacedAnewBelow ? 2 * kMiB : spec.bytes;
      Mapping memory =
          held_ ? std::move(held_->memory) : granted_beside(bytes, spec.pages, spec.bytes / sizeof(Node) * kListBytes);
      held_.reset();
      held_.emplace(build(spec, std::move(memory)));
    }
    return *held_;
  }

 private:
  static ReadyRing<Node> build(const RingSpec& spec, Mapping memory) {
    const std::uint64_t room = (memory.bytes().size() - spec.bytes) / kernels::kLineBytes + 1;
    const std::uint64_t offset = spec.bytes < kPlacedAnewBelow ? next_draw() % room * kernels::kLineBytes : 0;
    const auto count = static_cast<std::uint32_t>(spec.bytes / sizeof(Node));
    auto visits = spec.stride_bytes == 0 ? kernels::make_visits(count, spec.order, next_draw())
                                         : kernels::make_visits_by_stride(
                                               count, static_cast<std::uint32_t>(spec.stride_bytes / sizeof(Node)));
    const auto ring =
        kernels::RingOf<Node>::link(memory.bytes().subspan(offset, spec.bytes), kernels::successors_of(visits));
    if (!ring.follows(visits)) throw std::runtime_error("the ring is not one cycle");
    const Node* first = &ring.nodes()[visits.front()];
    return {spec, std::move(memory), std::move(visits), ring, first};
  }

  std::optional<ReadyRing<Node>> held_;
};

using RingSlot = RingSlotOf<kernels::Line>;
using LinkSlot = RingSlotOf<kernels::Link>;

template <class Node>
void time_walk(benchmark::State& state, RingSlotOf<Node>& slot, const RingSpec& spec) {
  ReadyRing<Node>& ready = slot.ready(spec);
  if (!ready.is_settled) ready.at = settle(ready.at, ready.ring.nodes());
  ready.is_settled = true;
  const Node* at = ready.at;
  for (auto _ : state) {
    at = kernels::walk(at, kStepsPerBatch);  // goes on where it stopped: a new start would read a warm part again
    benchmark::DoNotOptimize(at);
  }
  ready.at = at;
  report_per_op(state, "access_ns", kStepsPerBatch);
}

}  // namespace unitcost
