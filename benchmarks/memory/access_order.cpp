// Question:  How much does the order of accesses matter?
// Method:    The same walk (the same object code) over the same elements, linked in order of address, backwards, with a stride or at random; beside it the same elements summed by a list
//            of positions, where each address is known before the load before it has come back. Elements of 64 bytes, a line each, and of 8.
// Wrong way: Summing an array by a random index and calling the result latency. The loads are independent, so it measures how many misses overlap.
// Control:   In half of the first cache all orders cost the same.
#include "benchmarks/memory/rings.hpp"

#include <array>
#include <memory>
#include <string>

namespace {
using namespace unitcost;
using kernels::Order;

template <class Node>
ReadyRing<Node>& with_checked_sum(RingSlotOf<Node>& slot, const RingSpec& spec) {
  ReadyRing<Node>& ready = slot.ready(spec);
  if (!ready.sum_is_checked &&
      kernels::sum(ready.ring.nodes(), ready.visits, 0, ready.visits.size()) != ready.ring.total())
    throw std::runtime_error("the sum is wrong");
  ready.sum_is_checked = true;
  return ready;
}

template <class Node>
void time_sum(benchmark::State& state, RingSlotOf<Node>& slot, const RingSpec& spec) {
  ReadyRing<Node>& ready = with_checked_sum(slot, spec);
  const auto nodes = ready.ring.nodes();
  std::size_t from = ready.from;
  for (auto _ : state) {
    benchmark::DoNotOptimize(kernels::sum(nodes, ready.visits, from, kStepsPerBatch));
    from = (from + kStepsPerBatch) % ready.visits.size();
  }
  ready.from = from;
  report_per_op(state, "access_ns", kStepsPerBatch);
}

void time_sum_straight(benchmark::State& state, LinkSlot& slot, const RingSpec& spec) {
  auto& ready = slot.ready(spec);
  const auto links = ready.ring.nodes();
  if (kernels::sum_straight(links) != ready.ring.total()) return failed(state, "the sum is wrong");
  std::size_t from = ready.from;
  for (auto _ : state) {
    benchmark::DoNotOptimize(kernels::sum_straight(links.subspan(from, kStepsPerBatch)));
    from = (from + kStepsPerBatch) % links.size();
  }
  ready.from = from;
  report_per_op(state, "access_ns", kStepsPerBatch);
}

/// Registers walks and sums of one kind of node, which share a slot. In order of address is a stride of one node.
template <class Node>
class Rows {
 public:
  explicit Rows(CaseRegistry& cases) : cases_(cases) {}
  void walk(const RingSpec& spec) const {
    cases_.add("walk/" + place_of(spec), Timing::kWall,
               [slot = slot_, spec](benchmark::State& state) { time_walk(state, *slot, spec); });
  }
  void sum(const RingSpec& spec) const {
    cases_.add("sum/" + place_of(spec), Timing::kWall,
               [slot = slot_, spec](benchmark::State& state) { time_sum(state, *slot, spec); });
  }
  void sum_straight(const RingSpec& spec) const {
    cases_.add("sum_straight/" + place_of(spec), Timing::kWall,
               [slot = slot_, spec](benchmark::State& state) { time_sum_straight(state, *slot, spec); });
  }

 private:
  static std::string place_of(const RingSpec& spec) {
    const std::string order = spec.stride_bytes != 0 ? fmt::format("stride:{}", spec.stride_bytes)
                                                     : fmt::format("order:{}", name_of(spec.order));
    return fmt::format("{}/element:{}/page:{}/bytes:{}", order, sizeof(Node), name_of(spec.pages), spec.bytes);
  }

  CaseRegistry& cases_;
  std::shared_ptr<RingSlotOf<Node>> slot_ = std::make_shared<RingSlotOf<Node>>();
};

RingSpec in_order(std::uint64_t bytes, Pages pages, std::uint64_t stride_bytes) {
  return {bytes, Order::kSequential, pages, stride_bytes};
}

constexpr std::uint64_t kStrided = 128 * kMiB;
constexpr std::array kFew{16 * kKiB, 64 * kMiB};

void register_lines(CaseRegistry& cases) {
  const Rows<kernels::Line> lines(cases);
  for (const auto bytes : {8 * kKiB, 16 * kKiB, 32 * kKiB, 64 * kKiB, 256 * kKiB, kMiB, 4 * kMiB, 16 * kMiB, 64 * kMiB,
                           kStrided, 256 * kMiB, 512 * kMiB})
    lines.walk(in_order(bytes, Pages::kBase, 64));
  for (const auto bytes : {8 * kKiB, 16 * kKiB, 32 * kKiB, 64 * kKiB, 128 * kMiB, 256 * kMiB})
    lines.walk(in_order(bytes, Pages::kHuge, 64));
  for (const auto bytes : {16 * kKiB, 256 * kKiB, 4 * kMiB, 64 * kMiB}) {
    lines.sum(in_order(bytes, Pages::kBase, 64));
    lines.sum({bytes, Order::kRandom, Pages::kBase});
  }
  for (const auto bytes : kFew) {
    lines.walk({bytes, Order::kReverse, Pages::kBase});
    lines.sum({bytes, Order::kReverse, Pages::kBase});
  }
  for (std::uint64_t stride_bytes = 64; stride_bytes <= 8 * kKiB; stride_bytes *= 2) {
    if (stride_bytes != 64) lines.walk(in_order(kStrided, Pages::kBase, stride_bytes));  // 64: above
    lines.sum(in_order(kStrided, Pages::kBase, stride_bytes));
  }
}

void register_links(CaseRegistry& cases) {
  const Rows<kernels::Link> links(cases);
  for (const auto bytes : kFew) {
    links.walk(in_order(bytes, Pages::kBase, 8));
    links.walk({bytes, Order::kRandom, Pages::kBase});
    links.sum(in_order(bytes, Pages::kBase, 8));
    links.sum({bytes, Order::kRandom, Pages::kBase});
    links.sum_straight(in_order(bytes, Pages::kBase, 8));
  }
}

}  // namespace

// Sizes are what the scenario asks for. The walk at random over lines is that of memory/cache_cliffs.
void unitcost::register_cases(CaseRegistry& cases) {
  register_lines(cases);
  register_links(cases);
}
