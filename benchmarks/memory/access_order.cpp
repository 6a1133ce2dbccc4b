// Question:  How much does the order of accesses matter?
// Method:    The same walk (the same object code) over the same lines, linked in order of address or in random order; beside it the same lines summed by a list
//            of positions, where each address is known before the load before it has come back.
// Wrong way: Summing an array by a random index and calling the result latency. The loads are independent, so it measures how many misses overlap.
// Control:   In half of the first cache both orders cost the same.
#include "benchmarks/memory/rings.hpp"

namespace {
using namespace unitcost;

void time_sum(benchmark::State& state, RingSlot& slot, const RingSpec& spec) {
  Ring& ring = slot.ready(spec);
  const auto lines = ring.ring.lines();
  const std::uint64_t count = lines.size();
  if (!ring.sum_is_checked && kernels::sum(lines, ring.successor, 0, count) != count * (count - 1) / 2)
    return failed(state, "the sum is wrong");
  ring.sum_is_checked = true;
  std::size_t from = ring.from;
  for (auto _ : state) {
    benchmark::DoNotOptimize(kernels::sum(lines, ring.successor, from, kStepsPerBatch));
    from = (from + kStepsPerBatch) % count;
  }
  ring.from = from;
  report_per_op(state, "access_ns", kStepsPerBatch);
}

}  // namespace

void unitcost::register_cases(CaseRegistry& cases) {
  using kernels::Order;
  const auto slot = std::make_shared<RingSlot>();
  for (const Pages pages : {Pages::kBase, Pages::kHuge}) {
    for (const Order order : {Order::kRandom, Order::kSequential}) {
      for (const std::uint64_t bytes : sizes_between(4 * kKiB, 4 * kGiB)) {
        const auto place = fmt::format("order:{}/page:{}/bytes:{}", name_of(order), name_of(pages), bytes);
        const RingSpec spec{bytes, order, pages};
        cases.add("walk/" + place, Timing::kWall, [=](benchmark::State& state) { time_walk(state, *slot, spec); });
        cases.add("sum/" + place, Timing::kWall, [=](benchmark::State& state) { time_sum(state, *slot, spec); });
      }
    }
  }
}
