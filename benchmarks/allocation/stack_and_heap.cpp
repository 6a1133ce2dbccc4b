// Question:  What does it cost to have an object on the stack, on the heap, in an arena or in pages of its own?
// Method:    Make one object, write and read back its first eight bytes, give it back, 1024 times in one go; only the way and the size change. Beside it 64 live blocks given
//            back in three orders, and the system calls of 100 000 objects (250 where each is two).
// Wrong way: An object that nobody looks at: the compiler leaves malloc and free out, and takes the stack once for the whole loop. Filling the object: then its size
//            is the price. Timing large blocks without saying whether malloc took them from the kernel: glibc does so the first time, and then no more.
// Control:   The same loop and the same touch of an object that is there already.
#include <malloc.h>

#include <algorithm>
#include <cstdlib>
#include <functional>
#include <memory>
#include <numeric>
#include <optional>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "benchmarks/allocation/surroundings.hpp"
#include "benchmarks/kernels/allocation_objects.hpp"
#include "benchmarks/support/placement.hpp"
#include "benchmarks/support/sizes.hpp"

namespace unitcost {
namespace {

using kernels::sum_of_touches;

constexpr std::uint64_t kObjects = 1024;         // of one iteration, so that the loop around them costs nothing
constexpr std::size_t kArenaBytes = 64 * kKiB;   // one object of the largest size that all ways make
constexpr std::size_t kLiveBlocks = 64;          // nine times what glibc keeps aside for a thread
constexpr std::uint64_t kMostBytes = 64 * kMiB;  // above the 32 MiB where glibc's threshold ends
constexpr std::uint64_t kCallsBytes = kMiB;      // above the threshold with which glibc starts
constexpr int kThresholdBytes = 128 * 1024;      // that threshold

/// Sizes that have a function each; powers of two.
std::vector<std::size_t> sizes_up_to(std::size_t most) {
  std::vector<std::size_t> sizes;
  for (std::size_t bytes = kernels::kLeastObjectBytes; bytes <= most; bytes *= 2) sizes.push_back(bytes);
  return sizes;
}

/// Blocks from 128 KiB on come from the kernel, always. It cannot be undone in this process, so the rows that need it are registered last.
void fix_threshold() {
#ifdef __GLIBC__
  if (mallopt(M_MMAP_THRESHOLD, kThresholdBytes) == 1) return;
#endif
  throw CannotMeasure("this C library's malloc has no threshold that can be set");
}

/// Some blocks of the same size that stay, so that the object has another place in every repetition.
class Neighbours {
 public:
  explicit Neighbours(std::size_t bytes) {
    for (std::uint64_t count = next_draw() % kLiveBlocks; count > 0 && bytes <= kernels::kMostStackBytes; --count)
      blocks_.push_back(std::make_unique<std::byte[]>(bytes));
  }

 private:
  std::vector<std::unique_ptr<std::byte[]>> blocks_;
};

using Make = std::function<std::uint64_t(std::uint64_t times)>;

void time_objects(benchmark::State& state, const Make& make) {
  if (make(kLiveBlocks) != sum_of_touches(kLiveBlocks)) return failed(state, "an object did not hold what was written");
  std::uint64_t sum = 0;
  for (auto _ : state) sum += make(kObjects);
  if (sum != static_cast<std::uint64_t>(state.iterations()) * sum_of_touches(kObjects))
    return failed(state, "an object did not hold what was written");
  report_per_op(state, "object_ns", kObjects);
}

void stack(benchmark::State& state, std::uint64_t (*make)(std::size_t, std::uint64_t), std::size_t bytes) {
  need_plain_memory();
  time_objects(state, [=](std::uint64_t times) { return make(bytes, times); });
}

void heap(benchmark::State& state, std::uint64_t (*make)(std::size_t, std::uint64_t), std::size_t bytes) {
  need_plain_memory();
  std::optional<BasePagesOnly> base_pages;
  if (bytes >= 2 * kMiB) base_pages.emplace();
  const Neighbours neighbours(bytes);
  time_objects(state, [=](std::uint64_t times) { return make(bytes, times); });
}

void arena(benchmark::State& state, std::size_t bytes) {
  need_plain_memory();
  const PlacedBuffer memory(kArenaBytes, next_draw());
  time_objects(state, [&](std::uint64_t times) { return kernels::make_in_arena(memory.bytes(), bytes, times); });
}

void touch(benchmark::State& state, std::size_t bytes) {
  const PlacedBuffer object(bytes, next_draw());
  time_objects(state, [&](std::uint64_t times) { return kernels::touch_only(object.bytes().data(), times); });
}

enum class FreeOrder { kLifo, kFifo, kRandom };

std::vector<std::uint32_t> positions(FreeOrder order) {
  std::vector<std::uint32_t> result(kLiveBlocks);
  std::iota(result.begin(), result.end(), 0U);
  if (order == FreeOrder::kLifo) std::reverse(result.begin(), result.end());
  // Fisher and Yates, as Durstenfeld (1964) has it; another order for every repetition.
  for (std::size_t left = result.size(); order == FreeOrder::kRandom && left > 1; --left)
    std::swap(result[left - 1], result[next_draw() % left]);
  return result;
}

void free_in_order(benchmark::State& state, FreeOrder order, std::size_t bytes) {
  need_plain_memory();
  constexpr std::uint64_t kRounds = kObjects / kLiveBlocks;
  const Neighbours neighbours(bytes);
  const std::vector<std::uint32_t> places = positions(order);
  std::vector<void*> blocks(kLiveBlocks);
  std::uint64_t sum = 0;
  for (auto _ : state) sum += kernels::make_many(blocks, places, bytes, kRounds);
  if (sum != static_cast<std::uint64_t>(state.iterations()) * sum_of_touches(kObjects))
    return failed(state, "a block did not hold what was written");
  report_per_op(state, "object_ns", kObjects);
}

/// As many objects in one iteration as the name says: counted under strace.
void calls(benchmark::State& state, std::size_t bytes, std::uint64_t times) {
  need_plain_memory();
  std::uint64_t sum = 0;
  for (auto _ : state) sum += kernels::make_by_malloc(bytes, times);
  if (sum != static_cast<std::uint64_t>(state.iterations()) * sum_of_touches(times))
    return failed(state, "an object did not hold what was written");
  report_per_op(state, "object_ns", static_cast<double>(times));
}

void register_stack_sizes(CaseRegistry& cases) {
  for (const std::size_t bytes : sizes_up_to(kernels::kMostStackBytes)) {
    const auto size = fmt::format("/bytes:{}", bytes);
    cases.add("automatic" + size, Timing::kWall, [=](auto& state) { stack(state, kernels::make_automatic, bytes); });
    cases.add("alloca" + size, Timing::kWall, [=](auto& state) { stack(state, kernels::make_by_alloca, bytes); });
    cases.add("new" + size, Timing::kWall, [=](auto& state) { heap(state, kernels::make_by_new, bytes); });
    cases.add("arena" + size, Timing::kWall, [=](auto& state) { arena(state, bytes); });
    cases.add("touch" + size, Timing::kWall, [=](auto& state) { touch(state, bytes); });
  }
}

void register_calls(CaseRegistry& cases, std::uint64_t times) {
  cases.add(fmt::format("calls/block:small/times:{}", times), Timing::kWall,
            [=](auto& state) { calls(state, kernels::kLeastObjectBytes * 4, times); });
  cases.add(fmt::format("calls/block:large/threshold:moving/times:{}", times), Timing::kWall,
            [=](auto& state) { calls(state, kCallsBytes, times); });
}

void register_fixed_calls(CaseRegistry& cases, std::uint64_t times) {
  cases.add(fmt::format("calls/block:large/threshold:fixed/times:{}", times), Timing::kWall, [=](auto& state) {
    fix_threshold();
    calls(state, kCallsBytes, times);
  });
}

}  // namespace

void register_cases(CaseRegistry& cases) {
  register_stack_sizes(cases);
  for (const std::size_t bytes : sizes_up_to(kMostBytes)) {
    cases.add(fmt::format("malloc/threshold:moving/bytes:{}", bytes), Timing::kWall,
              [=](auto& state) { heap(state, kernels::make_by_malloc, bytes); });
    cases.add(fmt::format("mmap/bytes:{}", bytes), Timing::kWall,
              [=](auto& state) { heap(state, kernels::make_by_mmap, bytes); });
  }
  for (const std::size_t bytes : {64U, 1024U}) {
    const auto place = fmt::format("/blocks:{}/bytes:{}", kLiveBlocks, bytes);
    cases.add("free_order/order:lifo" + place, Timing::kWall,
              [=](auto& state) { free_in_order(state, FreeOrder::kLifo, bytes); });
    cases.add("free_order/order:fifo" + place, Timing::kWall,
              [=](auto& state) { free_in_order(state, FreeOrder::kFifo, bytes); });
    cases.add("free_order/order:random" + place, Timing::kWall,
              [=](auto& state) { free_in_order(state, FreeOrder::kRandom, bytes); });
  }
  for (const std::uint64_t times : {100'000U, 200'000U}) register_calls(cases, times);

  for (const std::size_t bytes : sizes_up_to(kMostBytes)) {
    cases.add(fmt::format("malloc/threshold:fixed/bytes:{}", bytes), Timing::kWall, [=](auto& state) {
      fix_threshold();
      heap(state, kernels::make_by_malloc, bytes);
    });
  }
  // Each of these is two calls, and strace takes some 50 µs for one.
  for (const std::uint64_t times : {250U, 500U}) register_fixed_calls(cases, times);
}

}  // namespace unitcost
