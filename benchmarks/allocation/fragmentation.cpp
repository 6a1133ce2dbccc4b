// Question:  How much memory does a process keep for the half of its objects that is left, and can the other half be used again?
// Method:    A child makes 8 MiB of blocks, gives half of them back, and then makes blocks of twice the size in place of those; its resident bytes are read each time. On the
//            stack the blocks are the frames of nested calls.
// Wrong way: Looking at what free() was told, or at resident bytes before malloc was asked to give back what it can: it keeps free memory for later, which is no fragmentation.
// Control:   The same blocks, but the half that goes is the one that came last.
#include <malloc.h>
#include <pthread.h>

#include <chrono>
#include <functional>
#include <new>
#include <span>
#include <stdexcept>
#include <string>

#include <fmt/format.h>

#include "benchmarks/allocation/child.hpp"
#include "benchmarks/allocation/resident.hpp"
#include "benchmarks/allocation/surroundings.hpp"
#include "benchmarks/kernels/allocation_pieces.hpp"
#include "benchmarks/support/mapping.hpp"
#include "benchmarks/support/room.hpp"
#include "benchmarks/support/sizes.hpp"

namespace unitcost {
namespace {

using kernels::Half;
using Clock = std::chrono::steady_clock;

constexpr std::uint64_t kTotalBytes = 8 * kMiB;
constexpr unsigned kDeadlineS = 10;
constexpr int kCannotRead = 3;
constexpr int kNoThread = 4;

/// Resident bytes that the child saw, less those before it made anything.
struct Seen {
  double held = 0.0;      ///< half is given back
  double resident = 0.0;  ///< and malloc was asked to give back what it can
  double refilled = 0.0;  ///< what was given back is asked for again, in larger pieces
};

std::uint64_t resident_or_end() {
  const auto bytes = resident_bytes();
  if (!bytes) _exit(kCannotRead);
  return *bytes;
}

double grown_since(std::uint64_t before) {
  return static_cast<double>(resident_or_end()) - static_cast<double>(before);
}

/// What a program can do to return free memory to the kernel.
void give_back_what_is_free() {
#ifdef __GLIBC__
  malloc_trim(0);
#endif
}

/// Runs in the child. `pointers` is touched memory, so that it does not grow.
void fill_heap(Seen& seen, std::span<void*> pointers, std::size_t bytes, Half half) {
  const std::uint64_t before = resident_or_end();
  const auto blocks = pointers.first(kTotalBytes / bytes);
  const auto larger = pointers.subspan(blocks.size(), blocks.size() / 4);
  kernels::make_blocks(blocks, bytes);
  kernels::free_half(blocks, half);
  seen.held = grown_since(before);
  give_back_what_is_free();
  seen.resident = grown_since(before);
  kernels::make_blocks(larger, 2 * bytes);
  seen.refilled = grown_since(before);
}

/// The thread of a child: a stack of its own, deep enough for all frames.
void* fill_stack(void* report) {
  auto& seen = *static_cast<Seen*>(report);
  const std::uint64_t before = resident_or_end();
  kernels::fill_stack(kTotalBytes / kernels::kFrameBytes, {[&] { seen.held = seen.resident = grown_since(before); },
                                                           [&] { seen.refilled = grown_since(before); }});
  return nullptr;
}

int fill_stack_of_a_thread(Seen& seen) {
  pthread_attr_t attributes{};
  pthread_t thread{};
  if (pthread_attr_init(&attributes) != 0 || pthread_attr_setstacksize(&attributes, 2 * kTotalBytes) != 0 ||
      pthread_create(&thread, &attributes, fill_stack, &seen) != 0 || pthread_join(thread, nullptr) != 0)
    return kNoThread;
  return 0;
}

using Fill = std::function<int(Seen&)>;

void measure(benchmark::State& state, const Fill& fill, std::uint64_t blocks) {
  need_plain_memory();
  need_memory(3 * kTotalBytes);
  const BasePagesOnly base_pages;
  const Mapping report = Mapping::shared(sizeof(Seen));
  Seen sum;
  for (auto _ : state) {
    auto* seen = ::new (report.bytes().data()) Seen{};
    const auto start = Clock::now();
    const int status = run_in_child(kDeadlineS, [&] { return fill(*seen); });
    state.SetIterationTime(std::chrono::duration<double>(Clock::now() - start).count());
    if (exited_with(status, kCannotRead)) throw CannotMeasure("the kernel does not show /proc/self/smaps_rollup");
    if (exited_with(status, kNoThread)) throw CannotMeasure("the system does not allow a thread with a large stack");
    if (!exited_with(status, 0)) throw std::runtime_error(fmt::format("the child ended with wait status {}", status));
    sum.held += seen->held;
    sum.resident += seen->resident;
    sum.refilled += seen->refilled;
  }
  const auto total = static_cast<double>(state.iterations()) * static_cast<double>(kTotalBytes);
  report_value(state, "held_ratio", sum.held / (total / 2));
  report_value(state, "resident_ratio", sum.resident / (total / 2));
  report_value(state, "refilled_ratio", sum.refilled / total);
  report_value(state, "operations", static_cast<double>(state.iterations()) * static_cast<double>(blocks));
}

void heap(benchmark::State& state, std::size_t bytes, Half half) {
  const std::uint64_t blocks = kTotalBytes / bytes;
  const Mapping memory = Mapping::anonymous((blocks + blocks / 4) * sizeof(void*), Pages::kBase);
  memory.touch();
  const std::span<void*> pointers(reinterpret_cast<void**>(memory.bytes().data()),
                                  memory.bytes().size() / sizeof(void*));
  const Fill fill = [=](Seen& seen) {
    fill_heap(seen, pointers, bytes, half);
    return 0;
  };
  measure(state, fill, blocks);
}

}  // namespace

void register_cases(CaseRegistry& cases) {
  for (const std::size_t bytes : {64U, 1024U}) {
    cases.add(fmt::format("heap/free:every_other/bytes:{}", bytes), Timing::kManual,
              [=](auto& state) { heap(state, bytes, Half::kEveryOther); });
    cases.add(fmt::format("heap/free:last/bytes:{}", bytes), Timing::kManual,
              [=](auto& state) { heap(state, bytes, Half::kLast); });
  }
  cases.add(fmt::format("stack/bytes:{}", kernels::kFrameBytes), Timing::kManual,
            [](auto& state) { measure(state, fill_stack_of_a_thread, kTotalBytes / kernels::kFrameBytes); });
}

}  // namespace unitcost
