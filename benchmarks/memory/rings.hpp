#pragma once
// Rings that are ready to be walked: linked and checked to be one cycle. Shared by the programs of this folder.
#include <algorithm>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <stdexcept>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "benchmarks/kernels/memory_ring.hpp"
#include "benchmarks/support/case.hpp"
#include "benchmarks/support/mapping.hpp"
#include "benchmarks/support/room.hpp"
#include "benchmarks/support/sizes.hpp"

namespace unitcost {

struct RingSpec {
  std::uint64_t bytes = 0;
  kernels::Order order = kernels::Order::kRandom;
  Pages pages = Pages::kBase;
  bool operator==(const RingSpec&) const = default;
};

/// A ring and the memory below it.
struct Ring {
  RingSpec spec;
  Mapping memory;
  std::vector<std::uint32_t> successor;  ///< a permutation too: the order in which independent sums visit the lines
  kernels::LineRing ring;
  const kernels::Line* at;  ///< where the walk stopped; the next one goes on from there
  std::size_t from = 0;     ///< where the sum stopped, as a position in `successor`
  bool is_warm = false;     ///< the walk
  bool sum_is_checked = false;
};

/// Below this a ring is linked anew, at another place and in another order, for every repetition; above it is built once a process.
constexpr std::uint64_t kPlacedAnewBelow = kMiB;
/// A walk is warmed by so many rounds, for that time at most, in rings up to that size. Building leaves more of a ring in the caches than stays there: in a pilot
/// a ring somewhat larger than its share of the last cache began at 45 ns a load and took seven rounds, 0.3 s, to settle at 123. Rings beyond any cache were flat at once.
constexpr std::uint64_t kWarmRounds = 8;
constexpr std::chrono::milliseconds kWarmTime{200};
constexpr std::uint64_t kWarmedUpTo = 128 * kMiB;

/// Holds the ring of the case that runs. A later case takes its place, so that a program that runs all of its cases needs memory for one.
class RingSlot {
 public:
  /// Throws CannotMeasure where memory or huge pages are missing, std::runtime_error when the ring is not one cycle.
  Ring& ready(const RingSpec& spec) {
    if (!held_ || held_->spec != spec || spec.bytes < kPlacedAnewBelow) {
      Mapping memory = held_ && held_->spec == spec ? std::move(held_->memory) : granted(spec);
      held_.reset();
      held_.emplace(build(spec, std::move(memory)));
    }
    return *held_;
  }

 private:
  static Mapping granted(const RingSpec& spec) {
    // Small rings get more pages than they need, so that another place is also another choice of page frames.
    const std::uint64_t bytes = spec.bytes < kPlacedAnewBelow ? 2 * kMiB : spec.bytes;
    need_memory(bytes + bytes / 8);
    Mapping memory = Mapping::anonymous(bytes, spec.pages);
    memory.touch();
    if (spec.pages == Pages::kHuge && memory.huge_share() < 0.9) {
      throw CannotMeasure(
          fmt::format("the kernel backs {:.0f} % of the memory with huge pages", 100 * memory.huge_share()));
    }
    return memory;
  }

  static Ring build(const RingSpec& spec, Mapping memory) {
    const std::uint64_t room = (memory.bytes().size() - spec.bytes) / kernels::kLineBytes + 1;
    const std::uint64_t offset = spec.bytes < kPlacedAnewBelow ? next_draw() % room * kernels::kLineBytes : 0;
    auto successor =
        kernels::make_cycle(static_cast<std::uint32_t>(spec.bytes / kernels::kLineBytes), spec.order, next_draw());
    const auto ring = kernels::LineRing::link(memory.bytes().subspan(offset, spec.bytes), successor);
    if (!ring.is_full_cycle()) throw std::runtime_error("the ring is not one cycle");
    return {spec, std::move(memory), std::move(successor), ring, ring.start(), 0, false, false};
  }

  std::optional<Ring> held_;
};

/// Operations of one iteration: enough that the loop around them costs nothing.
constexpr std::uint64_t kStepsPerBatch = 1024;

inline void warm(Ring& ring) {
  const std::uint64_t lines = ring.ring.lines().size();
  const auto deadline = std::chrono::steady_clock::now() + kWarmTime;
  const auto* start = ring.at;
  for (std::uint64_t round = 0; round < kWarmRounds && ring.spec.bytes <= kWarmedUpTo; ++round) {
    std::uint64_t left = lines;
    for (; left > 0 && std::chrono::steady_clock::now() < deadline; left -= std::min(left, kStepsPerBatch)) {
      ring.at = kernels::walk(ring.at, std::min(left, kStepsPerBatch));
    }
    if (left > 0) break;
    if (ring.at != start) throw std::runtime_error("a walk around the ring does not end where it began");
  }
  ring.is_warm = true;
}

inline void time_walk(benchmark::State& state, RingSlot& slot, const RingSpec& spec) {
  Ring& ring = slot.ready(spec);
  if (!ring.is_warm) warm(ring);
  const kernels::Line* at = ring.at;
  for (auto _ : state) {
    at = kernels::walk(at, kStepsPerBatch);  // goes on where it stopped: a new start would read a warm part again
    benchmark::DoNotOptimize(at);
  }
  ring.at = at;
  report_per_op(state, "access_ns", kStepsPerBatch);
}

}  // namespace unitcost
