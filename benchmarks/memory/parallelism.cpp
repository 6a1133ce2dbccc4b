// Question:  How many loads from memory can one core have under way at the same time, and what is that worth?
// Method:    Walk 1 to 16 independent chains together, each a chain of dependent loads over its own stretch of one random ring: the time for one load falls until the core can wait for no more.
//            Beside it lines in a random order that is known beforehand, with and without some work on each, and with prefetch instructions for the line that comes some places later.
// Wrong way: Starting the chains side by side in memory (they share pages and lines), or prefetching where the processor already looks far enough ahead, and concluding that it never helps.
// Control:   One chain must cost what a dependent walk costs. Where each chain must end is computed beforehand; what was visited is summed from the list alone.
#include <algorithm>
#include <array>
#include <bit>
#include <memory>
#include <optional>
#include <stdexcept>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "benchmarks/kernels/memory_chains.hpp"
#include "benchmarks/kernels/memory_jump_ring.hpp"
#include "benchmarks/support/case.hpp"
#include "benchmarks/support/granted.hpp"
#include "benchmarks/support/sizes.hpp"

namespace {
using namespace unitcost;
using kernels::JumpRing;
using kernels::Work;

constexpr std::uint64_t kCacheBytes = 256 * kKiB;   // past the first cache and within the second of most processors
constexpr std::uint64_t kMemoryBytes = 128 * kMiB;  // past the last cache of most
constexpr std::uint64_t kLoadsPerBatch = 1024;

/// A ring, and the lists of positions that were made for it.
struct Place {
  std::uint64_t bytes;
  Mapping memory;
  JumpRing ring;
  std::vector<std::uint32_t> order;  ///< every position once, at random; empty until it is needed
  std::size_t from = 0;              ///< where the visits stopped, in `order`
  std::vector<std::uint64_t> taken;  ///< links from the ring's first line to each walker
  std::vector<const kernels::Line*> at;
};

class PlaceSlot {
 public:
  /// What fits into a cache is linked anew, at another place, for every repetition; what does not once a process.
  Place& ready(std::uint64_t bytes) {
    if (held_ && held_->bytes == bytes && bytes > kCacheBytes) return *held_;
    Mapping memory = held_ && held_->bytes == bytes ? std::move(held_->memory) : made(bytes);
    held_.reset();
    const std::uint64_t places = (memory.bytes().size() - bytes) / kernels::kLineBytes + 1;
    const std::uint64_t offset = next_draw() % places * kernels::kLineBytes;
    const JumpRing ring = JumpRing::link(memory.bytes().subspan(offset, bytes), next_draw());
    if (bytes > kCacheBytes) kernels::evict(std::as_bytes(ring.lines()));  // else what linking left there is found
    held_.emplace(Place{bytes, std::move(memory), ring, {}, 0, {}, {}});
    return *held_;
  }

 private:
  Mapping made(std::uint64_t bytes) {
    held_.reset();  // so that a program that runs all of its cases needs memory for one
    return granted(std::max(bytes, kHugePageBytes), Pages::kHuge);
  }
  std::optional<Place> held_;
};

/// Walkers about evenly spread over the ring: at a place drawn by lot in the first half of the stretch of each.
void spread(Place& place, std::size_t chains) {
  const std::uint64_t stretch = place.ring.lines().size() / chains;
  place.taken.clear();
  place.at.clear();
  for (std::size_t chain = 0; chain < chains; ++chain) {
    place.taken.push_back(chain * stretch + next_draw() % (stretch / 2));
    place.at.push_back(place.ring.after(place.taken.back()));
  }
}

/// A ring that fits into a cache is walked once, so that it is there.
void warm(Place& place) {
  const std::uint64_t lines = place.ring.lines().size();
  if (place.bytes > kCacheBytes) return;
  if (kernels::walk(place.ring.after(0), lines) != place.ring.after(0))
    throw std::runtime_error("the ring is not one cycle");
}

void time_chains(benchmark::State& state, PlaceSlot& slot, std::uint64_t bytes, std::size_t chains) {
  Place& place = slot.ready(bytes);
  if (place.at.size() != chains) spread(place, chains);
  warm(place);
  const std::uint64_t steps = kLoadsPerBatch / chains;
  std::uint64_t batches = 0;
  for (auto _ : state) {
    kernels::walk_together(place.at, steps);
    ++batches;
  }
  for (std::size_t chain = 0; chain < chains; ++chain) {
    place.taken[chain] += batches * steps;
    if (place.at[chain] != place.ring.after(place.taken[chain]))
      return failed(state, "a walk does not end where it must");
  }
  report_per_op(state, "access_ns", static_cast<double>(steps * chains));
  report_value(state, "chains", static_cast<double>(chains));
}

/// What a visit must give, from the list alone: a line's index is its position.
std::uint64_t expected_of(const Place& place, std::uint64_t steps, Work work) {
  std::uint64_t total = 0;
  for (std::uint64_t step = 0; step < steps; ++step) {
    const std::uint64_t index = place.order[(place.from + step) % place.order.size()];
    total += work == Work::kNone ? index : kernels::worked(index);
  }
  return total;
}

void time_visits(benchmark::State& state, PlaceSlot& slot, Work work, std::size_t distance) {
  Place& place = slot.ready(kMemoryBytes);
  if (place.order.empty()) {
    const auto bits = static_cast<unsigned>(std::countr_zero(place.ring.lines().size()));
    place.order = kernels::shuffled_positions(bits, next_draw());
  }
  std::uint64_t total = 0;
  std::uint64_t steps = 0;
  for (auto _ : state) {
    const std::size_t from = (place.from + steps) % place.order.size();
    total += kernels::visit(place.ring.lines(), place.order, from, kLoadsPerBatch, distance, work);
    steps += kLoadsPerBatch;
  }
  if (total != expected_of(place, steps, work)) return failed(state, "the sum over the lines is wrong");
  place.from = (place.from + steps) % place.order.size();
  report_per_op(state, "access_ns", static_cast<double>(kLoadsPerBatch));
}

constexpr std::array<std::size_t, 7> kDistances = {0, 1, 2, 4, 8, 16, 32};

}  // namespace

void unitcost::register_cases(CaseRegistry& cases) {
  const auto slot = std::make_shared<PlaceSlot>();
  for (const std::uint64_t bytes : {kCacheBytes, kMemoryBytes}) {
    for (std::size_t chains = 1; chains <= kernels::kMostChains; ++chains) {
      cases.add(fmt::format("chains/page:huge/bytes:{}/chains:{}", bytes, chains), Timing::kWall,
                [=](benchmark::State& state) { time_chains(state, *slot, bytes, chains); });
    }
  }
  for (const Work work : {Work::kNone, Work::kSome}) {
    for (const std::size_t distance : kDistances) {
      cases.add(fmt::format("visits/work:{}/page:huge/bytes:{}/distance:{}", work == Work::kNone ? "none" : "some",
                            kMemoryBytes, distance),
                Timing::kWall, [=](benchmark::State& state) { time_visits(state, *slot, work, distance); });
    }
  }
}
